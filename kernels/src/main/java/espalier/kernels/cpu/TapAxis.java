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
  /** Pixels that make a span worth being walked by itself. */
  private static final int ENOUGH = 6;

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

  /**
   * As {@link #forward}, but every pixel uses every tap: those outside the input read padding.
   * Where there are enough of them, pixels of a span are as far apart as their taps.
   */
  static TapAxis paddedForward(int out, int kernel, int stride, int pad, int dilation) {
    int step = spread(out, dilation / greatestCommonDivisor(stride, dilation));
    List<Span> spans = new ArrayList<>();
    for (int from = 0; from < step; from++) {
      int count = Math.ceilDiv(out - from, step);
      spans.add(new Span(from, step, count, 0, 1, kernel, from * stride - pad));
    }
    return new TapAxis(step * stride, dilation, List.copyOf(spans));
  }

  /**
   * As {@link #backward}, but every pixel of a phase uses all taps of the phase: those outside the
   * output read padding. Where there are enough of them, pixels of a span are as far apart as their
   * taps.
   */
  static TapAxis paddedBackward(int in, int kernel, int stride, int pad, int dilation) {
    int tapStep = stride / greatestCommonDivisor(stride, dilation);
    int sourceTapStep = dilation * tapStep / stride;
    int step = spread(in / stride, sourceTapStep);
    List<Span> spans = new ArrayList<>();
    for (int from = 0; from < Math.min(step * stride, in); from++) {
      int first = 0;
      while (first < kernel && (from + pad - first * dilation) % stride != 0) {
        first++;
      }
      int taps = Math.ceilDiv(kernel - first, tapStep);
      int source = taps == 0 ? 0 : (from + pad - first * dilation) / stride;
      int count = Math.ceilDiv(in - from, step * stride);
      spans.add(new Span(from, step * stride, count, first, tapStep, taps, source));
    }
    return new TapAxis(step, -sourceTapStep, List.copyOf(spans));
  }

  /** How many spans to spread {@code pixels} over: as many as wanted if that leaves enough. */
  private static int spread(int pixels, int wanted) {
    return pixels / wanted >= ENOUGH ? wanted : 1;
  }

  /** Padding that is read on either side of {@code extent} source pixels, the wider of the two. */
  int beside(int extent) {
    int before = -spans.stream().mapToInt(span -> reach(span, false)).min().orElse(0);
    int after = spans.stream().mapToInt(span -> reach(span, true)).max().orElse(0) + 1 - extent;
    return Math.max(0, Math.max(before, after));
  }

  /** The first or last source pixel a span reads; 0 where it reads none. */
  private int reach(Span span, boolean last) {
    if (span.taps() == 0) {
      return 0;
    }
    int alongTaps = (span.taps() - 1) * sourceTapStep;
    int alongPixels = (span.count() - 1) * sourceStep;
    return last
        ? span.source() + alongPixels + Math.max(0, alongTaps)
        : span.source() + Math.min(0, alongTaps);
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
