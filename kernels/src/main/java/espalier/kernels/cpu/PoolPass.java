package espalier.kernels.cpu;

import espalier.kernels.cpu.PoolLoops.Run;
import espalier.kernels.cpu.PoolLoops.Taps;
import java.util.ArrayList;
import java.util.List;

/** A pooling of some rows along one axis, cut into strips of floats that are handled alike. */
record PoolPass(List<Strip> strips) {
  /*
   * Elements along the axis are pixels across an image, and rows down it. Elements that follow each
   * other, with taps that do so too, are one run of floats, whatever the number of channels. What
   * does not fill the last vector of a run is a strip of its own that reaches back over some floats
   * already done.
   */

  /** Floats read and written alike, {@code times} over, by the loops that suit their number. */
  record Strip(
      PoolLoops loops,
      Taps taps,
      Run run,
      int source,
      int target,
      int times,
      int sourceStep,
      int targetStep) {

    /** The strip of the last {@code lanes} floats of each piece. */
    Strip last(int length, int lanes) {
      int skip = length - lanes;
      Run end = new Run(run.pieces(), lanes, run.sourceStep(), run.targetStep());
      return new Strip(
          loops, taps, end, source + skip, target + skip, times, sourceStep, targetStep);
    }
  }

  /**
   * The pass along each of {@code rows} rows from {@code row} on.
   *
   * @param widths loops on ever fewer lanes, the last on one
   */
  static PoolPass across(
      List<PoolLoops> widths,
      List<PoolAxis.Span> spans,
      int channels,
      int row,
      int rows,
      int sourcePitch,
      int targetPitch) {
    List<Strip> strips = new ArrayList<>();
    for (PoolAxis.Span span : spans) {
      Taps taps = taps(span, channels);
      int source = row * sourcePitch + span.source() * channels;
      int target = row * targetPitch + span.target() * channels;
      if (isOneRun(span)) {
        Run run = new Run(rows, span.count() * channels, sourcePitch, targetPitch);
        add(strips, widths, taps, run, source, target, 1, 0, 0);
      } else {
        add(strips, widths, taps, pieces(span, channels), source, target, rows, sourcePitch, targetPitch);
      }
    }
    return new PoolPass(List.copyOf(strips));
  }

  /**
   * The pass down rows of {@code floats} floats.
   *
   * @param source the row that starts where it reads
   * @param target the row that starts where it writes
   */
  static PoolPass down(
      List<PoolLoops> widths, List<PoolAxis.Span> spans, int floats, int source, int target) {
    List<Strip> strips = new ArrayList<>();
    for (PoolAxis.Span span : spans) {
      Run run =
          isOneRun(span) ? new Run(1, span.count() * floats, 0, 0) : pieces(span, floats);
      int from = (span.source() - source) * floats;
      int to = (span.target() - target) * floats;
      add(strips, widths, taps(span, floats), run, from, to, 1, 0, 0);
    }
    return new PoolPass(List.copyOf(strips));
  }

  private static boolean isOneRun(PoolAxis.Span span) {
    return span.count() == 1 || (span.sourceStep() == 1 && span.targetStep() == 1);
  }

  private static Run pieces(PoolAxis.Span span, int floats) {
    return new Run(span.count(), floats, span.sourceStep() * floats, span.targetStep() * floats);
  }

  private static Taps taps(PoolAxis.Span span, int floats) {
    return new Taps(
        span.weights().length, floats, span.number(), span.numberStep(), span.weights());
  }

  private static void add(
      List<Strip> strips,
      List<PoolLoops> widths,
      Taps taps,
      Run run,
      int source,
      int target,
      int times,
      int sourceStep,
      int targetStep) {
    int length = run.length();
    if (length == 0) {
      return;
    }
    PoolLoops loops = widths.stream().filter(w -> w.lanes() <= length).findFirst().orElseThrow();
    int lanes = loops.lanes();
    Run whole =
        new Run(run.pieces(), length - length % lanes, run.sourceStep(), run.targetStep());
    Strip strip =
        new Strip(loops, taps, whole, source, target, times, sourceStep, targetStep);
    strips.add(strip);
    if (length % lanes != 0) {
      strips.add(strip.last(length, lanes));
    }
  }

  /** Computes every strip. */
  void run(Loop loop) {
    for (Strip strip : strips) {
      for (int i = 0; i < strip.times; i++) {
        int source = strip.source + i * strip.sourceStep;
        int target = strip.target + i * strip.targetStep;
        loop.run(strip.loops, strip.taps, strip.run, source, target);
      }
    }
  }

  /** Computes one run. */
  @FunctionalInterface
  interface Loop {
    /**
     * Computes one run.
     *
     * @param source where it reads, from the start of what the pass reads
     * @param target where it writes, likewise
     */
    void run(PoolLoops loops, Taps taps, Run run, int source, int target);
  }
}
