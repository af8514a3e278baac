package espalier.kernels.cpu;

import espalier.kernels.spi.Pool2dGeometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One spatial axis of a pooling: {@code out} windows over {@code in} pixels. */
record PoolAxis(int in, int out, int kernel, int stride, int pad) {

  /** The rows of an image. */
  static PoolAxis ofRows(Pool2dGeometry g) {
    return new PoolAxis(
        g.inHeight(), g.outHeight(), g.kernelHeight(), g.strideHeight(), g.padTop());
  }

  /** The columns of an image. */
  static PoolAxis ofColumns(Pool2dGeometry g) {
    return new PoolAxis(g.inWidth(), g.outWidth(), g.kernelWidth(), g.strideWidth(), g.padLeft());
  }

  /** First pixel of a window. */
  int begin(int window) {
    return Math.max(0, window * stride - pad);
  }

  /** End of a window, exclusive. */
  int end(int window) {
    return Math.min(in, window * stride - pad + kernel);
  }

  /** First window that may hold a pixel. */
  int firstHolding(int pixel) {
    return Math.min(out, Math.max(0, Math.ceilDiv(pixel + pad - kernel + 1, stride)));
  }

  /** End of the windows that hold a pixel, exclusive. */
  int endHolding(int pixel) {
    return Math.max(firstHolding(pixel), Math.min(out, (pixel + pad) / stride + 1));
  }

  /** Windows {@code from … to − 1} over their pixels, which weigh the same and sum to one. */
  List<Span> windows(int from, int to) {
    List<Span> spans = new ArrayList<>();
    for (int window = from; window < to; window++) {
      float[] weights = new float[end(window) - begin(window)];
      Arrays.fill(weights, 1f / weights.length);
      append(
          spans,
          window,
          1,
          begin(window),
          stride,
          pad + begin(window) - window * stride,
          1,
          weights);
    }
    return spans;
  }

  /** Pixels {@code from … to − 1} over the windows that hold them, weighed as these weigh them. */
  List<Span> holders(int from, int to) {
    List<Span> spans = new ArrayList<>();
    for (int phase = from; phase < Math.min(to, from + stride); phase++) {
      List<Span> ofPhase = new ArrayList<>();
      for (int pixel = phase; pixel < to; pixel += stride) {
        int first = firstHolding(pixel);
        float[] weights = new float[endHolding(pixel) - first];
        for (int t = 0; t < weights.length; t++) {
          weights[t] = 1f / (end(first + t) - begin(first + t));
        }
        append(ofPhase, pixel, stride, first, 1, pixel + pad - first * stride, -stride, weights);
      }
      spans.addAll(ofPhase);
    }
    return spans;
  }

  private static void append(
      List<Span> spans,
      int target,
      int targetStep,
      int source,
      int sourceStep,
      int number,
      int numberStep,
      float[] weights) {
    int from = target;
    int first = source;
    int count = 1;
    if (!spans.isEmpty()) {
      Span last = spans.getLast();
      if (last.number == number
          && last.source + last.count * sourceStep == source
          && Arrays.equals(last.weights, weights)) {
        spans.removeLast();
        from = last.target;
        first = last.source;
        count = last.count + 1;
      }
    }
    spans.add(new Span(from, targetStep, first, sourceStep, count, number, numberStep, weights));
  }

  /**
   * Targets whose taps differ only in where they are.
   *
   * @param target the first of them
   * @param source the first tap of the first
   * @param number the number of a target's first tap in the kernel
   */
  record Span(
      int target,
      int targetStep,
      int source,
      int sourceStep,
      int count,
      int number,
      int numberStep,
      float[] weights) {}
}
