package espalier.kernels.cpu;

import espalier.kernels.cpu.PoolLoops.Run;
import espalier.kernels.cpu.PoolLoops.Taps;
import java.util.ArrayList;
import java.util.List;

/** A pooling along one axis, cut into strips of floats that are handled alike. */
record PoolPass(List<Strip> strips) {
  /*
   * Across an image a line is a row and its elements are pixels; down an image all is one line,
   * whose elements are rows. Elements that follow each other, with taps that do so too, are one
   * run of floats, whatever the number of channels.
   */

  /** Where a pass reads or writes: lines of elements of {@code element} floats. */
  record Lines(int count, int pitch, int element) {}

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

    /** The last floats of each piece, as many as a vector holds, some of which it shares. */
    Strip last(int length) {
      int lanes = loops.lanes();
      int skip = length - lanes;
      Run end = new Run(run.pieces(), lanes, run.sourceStep(), run.targetStep());
      return new Strip(loops, taps, end, source + skip, target + skip, times, sourceStep, targetStep);
    }
  }

  /**
   * The pass over {@code lines} lines of elements of {@code floats} floats each.
   *
   * @param widths loops on ever fewer lanes, the last on one
   * @param source the element of a line that is read from the pass's first float on
   * @param target likewise where it writes
   */
  static PoolPass of(
      List<PoolLoops> widths,
      List<PoolAxis.Span> spans,
      int lines,
      int floats,
      int sourcePitch,
      int targetPitch,
      int source,
      int target) {
    List<Strip> strips = new ArrayList<>();
    for (PoolAxis.Span span : spans) {
      boolean joined = span.count() == 1 || (span.sourceStep() == 1 && span.targetStep() == 1);
      int length = joined ? span.count() * floats : floats;
      PoolLoops loops = widths.stream().filter(w -> w.lanes() <= length).findFirst().orElseThrow();
      int whole = length / loops.lanes() * loops.lanes();
      Taps taps =
          new Taps(
              span.weights().length, floats, span.number(), span.numberStep(), span.weights());
      Run run =
          joined
              ? new Run(lines, whole, sourcePitch, targetPitch)
              : new Run(
                  span.count(), whole, span.sourceStep() * floats, span.targetStep() * floats);
      Strip strip = new Strip(
              loops,
              taps,
              run,
              (span.source() - source) * floats,
              (span.target() - target) * floats,
              joined ? 1 : lines,
              sourcePitch,
              targetPitch);
      strips.add(strip);
      if (whole < length) {
        strips.add(strip.last(length));
      }
    }
    return new PoolPass(List.copyOf(strips));
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
