package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Split;
import java.util.Arrays;

/**
 * {@link Call.Moments}: each part is read twice while it is in cache, then the parts are joined.
 */
final class MomentsKernel {
  /*
   * A part's statistics are a row [mean, M2] of 2·channels floats. Parts are handed out in groups,
   * because the loops run the chains of neighbouring parts side by side.
   */
  private static final int GROUP = 4;

  private final ChainLoops chains;

  MomentsKernel(ChainLoops chains) {
    this.chains = chains;
  }

  void run(Call.Moments call, Frame frame) {
    if (call.split().parts() > 1) {
      parts(call, frame);
      join(call, frame);
      return;
    }
    int channels = call.channels();
    float[] row = frame.workers().packing(2 * channels);
    one(call.rows(), channels, frame.array(call.x()), frame.at(call.x()), row, 0);
    write(call, frame, row, 0);
  }

  /** Computes the parts of {@code call}, which may be some whole parts of another, into scratch. */
  void parts(Call.Moments call, Frame frame) {
    Split split = call.split();
    int channels = call.channels();
    int parts = split.parts();
    int pitch = 2 * channels;
    float[] rows = frame.scratchArray();
    int rows0 = frame.scratchAt();
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    frame
        .workers()
        .each(
            (parts + GROUP - 1) / GROUP,
            group -> {
              int from = group * GROUP;
              int next = Math.min(parts, from + GROUP);
              if (split.to(next - 1) - split.from(from) == GROUP * split.length()) {
                int at = split.from(from) * channels;
                four(split.length(), channels, x, x0 + at, rows, rows0 + from * pitch);
                return;
              }
              for (int p = from; p < next; p++) {
                int at = split.from(p) * channels;
                int length = split.to(p) - split.from(p);
                one(length, channels, x, x0 + at, rows, rows0 + p * pitch);
              }
            });
  }

  /** Joins the parts in scratch. */
  void join(Call.Moments call, Frame frame) {
    Split split = call.split();
    float[] rows = frame.scratchArray();
    int rows0 = frame.scratchAt();
    split.joinInto((into, from) -> join(split, into, from, call.channels(), rows, rows0));
    write(call, frame, rows, rows0);
  }

  private static void write(Call.Moments call, Frame frame, float[] row, int row0) {
    int channels = call.channels();
    float[] variance = frame.array(call.variance());
    int variance0 = frame.at(call.variance());
    System.arraycopy(row, row0, frame.array(call.mean()), frame.at(call.mean()), channels);
    for (int c = 0; c < channels; c++) {
      variance[variance0 + c] = row[row0 + channels + c] / call.rows();
    }
  }

  private void four(int length, int channels, float[] x, int x0, float[] rows, int rows0) {
    int pitch = 2 * channels;
    int step = length * channels;
    Arrays.fill(rows, rows0, rows0 + GROUP * pitch, 0);
    chains.addFour(length, channels, x, x0, step, rows, rows0, pitch);
    for (int p = 0; p < GROUP; p++) {
      divide(length, channels, rows, rows0 + p * pitch);
    }
    chains.addFourSquares(length, channels, x, x0, step, rows, rows0, pitch, channels);
  }

  private void one(int length, int channels, float[] x, int x0, float[] rows, int rows0) {
    Arrays.fill(rows, rows0, rows0 + 2 * channels, 0);
    chains.addRows(length, channels, channels, x, x0, rows, rows0);
    divide(length, channels, rows, rows0);
    chains.addSquares(length, channels, channels, x, x0, rows, rows0, channels);
  }

  private static void divide(int by, int n, float[] y, int y0) {
    for (int i = y0; i < y0 + n; i++) {
      y[i] /= by;
    }
  }

  private static void join(Split split, int into, int from, int channels, float[] rows, int rows0) {
    float nA = terms(split, into, from);
    float nB = terms(split, from, 2 * from - into);
    float share = nB / (nA + nB);
    float weight = nA * share;
    int a = rows0 + into * 2 * channels;
    int b = rows0 + from * 2 * channels;
    for (int c = 0; c < channels; c++) {
      float meanA = rows[a + c];
      float delta = rows[b + c] - meanA;
      rows[a + c] = Math.fma(delta, share, meanA);
      rows[a + channels + c] += Math.fma(delta * delta, weight, rows[b + channels + c]);
    }
  }

  /** Terms in the parts from {@code from} to before {@code to} that exist. */
  private static int terms(Split split, int from, int to) {
    return split.to(Math.min(to, split.parts()) - 1) - split.from(from);
  }
}
