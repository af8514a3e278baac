package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * One spatial axis of a convolution, seen from the pixels that are written: which taps each pixel
 * uses and which source pixels they read.
 *
 * @param sourceStep source pixels from one pixel of a span to the next
 * @param sourceTapStep source pixels from one tap of a pixel to the next
 * @param spans every target pixel once; of a forward axis, in ascending order
 */
record TapAxis(int sourceStep, int sourceTapStep, List<Span> spans) {

  /** Output pixels that read input pixels {@code p·stride − pad + t·dilation}. */
  static TapAxis forward(int in, int out, int kernel, int stride, int pad, int dilation) {
    List<Span> spans = new ArrayList<>();
    for (int p = 0; p < out; p++) {
      int first = kernel;
      int taps = 0;
      for (int t = 0; t < kernel; t++) {
        int source = p * stride - pad + t * dilation;
        if (source >= 0 && source < in) {
          first = Math.min(first, t);
          taps++;
        }
      }
      append(spans, p, 1, first, 1, taps, p * stride - pad + first * dilation);
    }
    return new TapAxis(stride, dilation, List.copyOf(spans));
  }

  /**
   * Input pixels that read the output pixels they contributed to. With a stride, only input pixels
   * of one phase share taps: spans then step over the other phases.
   */
  static TapAxis backward(int in, int out, int kernel, int stride, int pad, int dilation) {
    int tapStep = stride / greatestCommonDivisor(stride, dilation);
    List<Span> spans = new ArrayList<>();
    for (int phase = 0; phase < Math.min(stride, in); phase++) {
      List<Span> ofPhase = new ArrayList<>();
      for (int p = phase; p < in; p += stride) {
        int first = kernel;
        int taps = 0;
        for (int t = 0; t < kernel; t++) {
          int scaled = p + pad - t * dilation;
          if (scaled >= 0 && scaled % stride == 0 && scaled / stride < out) {
            first = Math.min(first, t);
            taps++;
          }
        }
        append(ofPhase, p, stride, first, tapStep, taps, (p + pad - first * dilation) / stride);
      }
      spans.addAll(ofPhase);
    }
    return new TapAxis(1, -dilation * tapStep / stride, List.copyOf(spans));
  }

  private static void append(
      List<Span> spans, int pixel, int step, int first, int tapStep, int taps, int source) {
    if (!spans.isEmpty()) {
      Span last = spans.getLast();
      if (last.firstTap() == first && last.taps() == taps) {
        spans.removeLast();
        spans.add(
            new Span(last.from(), step, last.count() + 1, first, tapStep, taps, last.source()));
        return;
      }
    }
    spans.add(
        taps == 0
            ? new Span(pixel, step, 1, first, tapStep, 0, 0)
            : new Span(pixel, step, 1, first, tapStep, taps, source));
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
