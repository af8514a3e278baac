package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Split;

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
    Split split = call.split();
    int channels = call.channels();
    int parts = split.parts();
    int pitch = 2 * channels;
    Workers workers = frame.workers();
    boolean single = parts == 1;
    float[] rows = single ? workers.packing(pitch) : frame.scratchArray();
    int rows0 = single ? 0 : frame.scratchAt();
    float[] x = frame.array(call.x());
    int x0 = frame.at(call.x());
    workers.each(
        (parts + GROUP - 1) / GROUP,
        group -> {
          int from = group * GROUP;
          int whole = Math.min(GROUP, call.rows() / split.length() - from);
          part(
              whole,
              split.length(),
              channels,
              x,
              x0 + split.from(from) * channels,
              rows,
              rows0 + from * pitch);
          int last = from + Math.max(0, whole);
          if (last < Math.min(parts, from + GROUP)) {
            int length = split.to(last) - split.from(last);
            part(
                1,
                length,
                channels,
                x,
                x0 + split.from(last) * channels,
                rows,
                rows0 + last * pitch);
          }
        });
    split.joinInto((into, from) -> join(split, into, from, channels, rows, rows0));
    float[] variance = frame.array(call.variance());
    int variance0 = frame.at(call.variance());
    System.arraycopy(rows, rows0, frame.array(call.mean()), frame.at(call.mean()), channels);
    for (int c = 0; c < channels; c++) {
      variance[variance0 + c] = rows[rows0 + channels + c] / call.rows();
    }
  }

  private void part(
      int parts, int length, int channels, float[] x, int x0, float[] rows, int rows0) {
    int pitch = 2 * channels;
    chains.sums(parts, length, channels, x, x0, rows, rows0, pitch);
    for (int p = 0; p < parts; p++) {
      for (int c = 0; c < channels; c++) {
        rows[rows0 + p * pitch + c] /= length;
      }
    }
    chains.squares(parts, length, channels, x, x0, rows, rows0, pitch);
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
