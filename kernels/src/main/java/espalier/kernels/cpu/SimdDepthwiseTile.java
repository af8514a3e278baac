package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels. */
final class SimdDepthwiseTile implements DepthwiseTile {
  /*
   * Where taps are as far apart as pixels, eight pixels and five taps of a row read twelve vectors
   * between them: each is loaded once and goes to the pixels that use it, whose sums are all in
   * registers, as are the weights of the row of taps. Where the distances are constants, one check
   * that they are inside the array does for all. So the class is instantiated for the distances of
   * each convolution.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int SOURCE_PIXEL = SimdWidths.sourcePixel(MethodHandles.lookup());
  private static final int TARGET_PIXEL = SimdWidths.targetPixel(MethodHandles.lookup());

  private static final int THREE = 3;
  private static final int FIVE = 5;

  @Override
  public int channels(int left) {
    return left < F.length() ? 0 : F.length();
  }

  @Override
  public DepthwiseTile apart(int sourcePixel, int targetPixel) {
    return SimdWidths.apart(
        DepthwiseTile.class,
        "SimdDepthwiseTile",
        F.vectorShape(),
        sourcePixel,
        sourcePixel,
        targetPixel);
  }

  @Override
  public void run(
      DepthwiseWalk walk,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    switch (walk.sourceTap() == walk.sourcePixel() ? walk.tapColumns() : 0) {
      case THREE -> three(walk, source, source0, weights, weights0, target, target0);
      case FIVE -> five(walk, source, source0, weights, weights0, target, target0);
      default -> any(walk, source, source0, weights, weights0, target, target0);
    }
  }

  private static void three(
      DepthwiseWalk walk,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    int step = SOURCE_PIXEL == 0 ? walk.sourcePixel() : SOURCE_PIXEL;
    int to = TARGET_PIXEL == 0 ? walk.targetPixel() : TARGET_PIXEL;
    int tiles = walk.tiles();
    int tapRows = walk.tapRows();
    int sourceTapRow = walk.sourceTapRow();
    int weightTapRow = walk.weightTapRow();
    int weightTap = walk.weightTap();
    for (int row = 0; row < walk.rows(); row++) {
      for (int tile = 0; tile < tiles; tile++) {
        int s0 = source0 + row * walk.sourceRow() + 8 * tile * Math.abs(step);
        int t0 = target0 + row * walk.targetRow() + 8 * tile * Math.abs(to);
        FloatVector y0 = FloatVector.zero(F);
        FloatVector y1 = FloatVector.zero(F);
        FloatVector y2 = FloatVector.zero(F);
        FloatVector y3 = FloatVector.zero(F);
        FloatVector y4 = FloatVector.zero(F);
        FloatVector y5 = FloatVector.zero(F);
        FloatVector y6 = FloatVector.zero(F);
        FloatVector y7 = FloatVector.zero(F);
        for (int i = 0; i < tapRows; i++) {
          int s = s0 + i * sourceTapRow;
          int w = weights0 + i * weightTapRow;
          FloatVector w0 = FloatVector.fromArray(F, weights, w);
          FloatVector w1 = FloatVector.fromArray(F, weights, w + weightTap);
          FloatVector w2 = FloatVector.fromArray(F, weights, w + 2 * weightTap);
          FloatVector x0 = FloatVector.fromArray(F, source, s);
          y0 = x0.lanewise(FMA, w0, y0);
          FloatVector x1 = FloatVector.fromArray(F, source, s + step);
          y1 = x1.lanewise(FMA, w0, y1);
          y0 = x1.lanewise(FMA, w1, y0);
          FloatVector x2 = FloatVector.fromArray(F, source, s + 2 * step);
          y2 = x2.lanewise(FMA, w0, y2);
          y1 = x2.lanewise(FMA, w1, y1);
          y0 = x2.lanewise(FMA, w2, y0);
          FloatVector x3 = FloatVector.fromArray(F, source, s + 3 * step);
          y3 = x3.lanewise(FMA, w0, y3);
          y2 = x3.lanewise(FMA, w1, y2);
          y1 = x3.lanewise(FMA, w2, y1);
          FloatVector x4 = FloatVector.fromArray(F, source, s + 4 * step);
          y4 = x4.lanewise(FMA, w0, y4);
          y3 = x4.lanewise(FMA, w1, y3);
          y2 = x4.lanewise(FMA, w2, y2);
          FloatVector x5 = FloatVector.fromArray(F, source, s + 5 * step);
          y5 = x5.lanewise(FMA, w0, y5);
          y4 = x5.lanewise(FMA, w1, y4);
          y3 = x5.lanewise(FMA, w2, y3);
          FloatVector x6 = FloatVector.fromArray(F, source, s + 6 * step);
          y6 = x6.lanewise(FMA, w0, y6);
          y5 = x6.lanewise(FMA, w1, y5);
          y4 = x6.lanewise(FMA, w2, y4);
          FloatVector x7 = FloatVector.fromArray(F, source, s + 7 * step);
          y7 = x7.lanewise(FMA, w0, y7);
          y6 = x7.lanewise(FMA, w1, y6);
          y5 = x7.lanewise(FMA, w2, y5);
          FloatVector x8 = FloatVector.fromArray(F, source, s + 8 * step);
          y7 = x8.lanewise(FMA, w1, y7);
          y6 = x8.lanewise(FMA, w2, y6);
          FloatVector x9 = FloatVector.fromArray(F, source, s + 9 * step);
          y7 = x9.lanewise(FMA, w2, y7);
        }
        y0.intoArray(target, t0);
        y1.intoArray(target, t0 + to);
        y2.intoArray(target, t0 + 2 * to);
        y3.intoArray(target, t0 + 3 * to);
        y4.intoArray(target, t0 + 4 * to);
        y5.intoArray(target, t0 + 5 * to);
        y6.intoArray(target, t0 + 6 * to);
        y7.intoArray(target, t0 + 7 * to);
      }
    }
  }

  private static void five(
      DepthwiseWalk walk,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    int step = SOURCE_PIXEL == 0 ? walk.sourcePixel() : SOURCE_PIXEL;
    int to = TARGET_PIXEL == 0 ? walk.targetPixel() : TARGET_PIXEL;
    int tiles = walk.tiles();
    int tapRows = walk.tapRows();
    int sourceTapRow = walk.sourceTapRow();
    int weightTapRow = walk.weightTapRow();
    int weightTap = walk.weightTap();
    for (int row = 0; row < walk.rows(); row++) {
      for (int tile = 0; tile < tiles; tile++) {
        int s0 = source0 + row * walk.sourceRow() + 8 * tile * Math.abs(step);
        int t0 = target0 + row * walk.targetRow() + 8 * tile * Math.abs(to);
        FloatVector y0 = FloatVector.zero(F);
        FloatVector y1 = FloatVector.zero(F);
        FloatVector y2 = FloatVector.zero(F);
        FloatVector y3 = FloatVector.zero(F);
        FloatVector y4 = FloatVector.zero(F);
        FloatVector y5 = FloatVector.zero(F);
        FloatVector y6 = FloatVector.zero(F);
        FloatVector y7 = FloatVector.zero(F);
        for (int i = 0; i < tapRows; i++) {
          int s = s0 + i * sourceTapRow;
          int w = weights0 + i * weightTapRow;
          FloatVector w0 = FloatVector.fromArray(F, weights, w);
          FloatVector w1 = FloatVector.fromArray(F, weights, w + weightTap);
          FloatVector w2 = FloatVector.fromArray(F, weights, w + 2 * weightTap);
          FloatVector w3 = FloatVector.fromArray(F, weights, w + 3 * weightTap);
          FloatVector w4 = FloatVector.fromArray(F, weights, w + 4 * weightTap);
          FloatVector x0 = FloatVector.fromArray(F, source, s);
          y0 = x0.lanewise(FMA, w0, y0);
          FloatVector x1 = FloatVector.fromArray(F, source, s + step);
          y1 = x1.lanewise(FMA, w0, y1);
          y0 = x1.lanewise(FMA, w1, y0);
          FloatVector x2 = FloatVector.fromArray(F, source, s + 2 * step);
          y2 = x2.lanewise(FMA, w0, y2);
          y1 = x2.lanewise(FMA, w1, y1);
          y0 = x2.lanewise(FMA, w2, y0);
          FloatVector x3 = FloatVector.fromArray(F, source, s + 3 * step);
          y3 = x3.lanewise(FMA, w0, y3);
          y2 = x3.lanewise(FMA, w1, y2);
          y1 = x3.lanewise(FMA, w2, y1);
          y0 = x3.lanewise(FMA, w3, y0);
          FloatVector x4 = FloatVector.fromArray(F, source, s + 4 * step);
          y4 = x4.lanewise(FMA, w0, y4);
          y3 = x4.lanewise(FMA, w1, y3);
          y2 = x4.lanewise(FMA, w2, y2);
          y1 = x4.lanewise(FMA, w3, y1);
          y0 = x4.lanewise(FMA, w4, y0);
          FloatVector x5 = FloatVector.fromArray(F, source, s + 5 * step);
          y5 = x5.lanewise(FMA, w0, y5);
          y4 = x5.lanewise(FMA, w1, y4);
          y3 = x5.lanewise(FMA, w2, y3);
          y2 = x5.lanewise(FMA, w3, y2);
          y1 = x5.lanewise(FMA, w4, y1);
          FloatVector x6 = FloatVector.fromArray(F, source, s + 6 * step);
          y6 = x6.lanewise(FMA, w0, y6);
          y5 = x6.lanewise(FMA, w1, y5);
          y4 = x6.lanewise(FMA, w2, y4);
          y3 = x6.lanewise(FMA, w3, y3);
          y2 = x6.lanewise(FMA, w4, y2);
          FloatVector x7 = FloatVector.fromArray(F, source, s + 7 * step);
          y7 = x7.lanewise(FMA, w0, y7);
          y6 = x7.lanewise(FMA, w1, y6);
          y5 = x7.lanewise(FMA, w2, y5);
          y4 = x7.lanewise(FMA, w3, y4);
          y3 = x7.lanewise(FMA, w4, y3);
          FloatVector x8 = FloatVector.fromArray(F, source, s + 8 * step);
          y7 = x8.lanewise(FMA, w1, y7);
          y6 = x8.lanewise(FMA, w2, y6);
          y5 = x8.lanewise(FMA, w3, y5);
          y4 = x8.lanewise(FMA, w4, y4);
          FloatVector x9 = FloatVector.fromArray(F, source, s + 9 * step);
          y7 = x9.lanewise(FMA, w2, y7);
          y6 = x9.lanewise(FMA, w3, y6);
          y5 = x9.lanewise(FMA, w4, y5);
          FloatVector x10 = FloatVector.fromArray(F, source, s + 10 * step);
          y7 = x10.lanewise(FMA, w3, y7);
          y6 = x10.lanewise(FMA, w4, y6);
          FloatVector x11 = FloatVector.fromArray(F, source, s + 11 * step);
          y7 = x11.lanewise(FMA, w4, y7);
        }
        y0.intoArray(target, t0);
        y1.intoArray(target, t0 + to);
        y2.intoArray(target, t0 + 2 * to);
        y3.intoArray(target, t0 + 3 * to);
        y4.intoArray(target, t0 + 4 * to);
        y5.intoArray(target, t0 + 5 * to);
        y6.intoArray(target, t0 + 6 * to);
        y7.intoArray(target, t0 + 7 * to);
      }
    }
  }

  private static void any(
      DepthwiseWalk walk,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    int step = walk.sourcePixel();
    int to = walk.targetPixel();
    int tiles = walk.tiles();
    int tapRows = walk.tapRows();
    int sourceTapRow = walk.sourceTapRow();
    int weightTapRow = walk.weightTapRow();
    int weightTap = walk.weightTap();
    int tapColumns = walk.tapColumns();
    int sourceTap = walk.sourceTap();
    for (int row = 0; row < walk.rows(); row++) {
      for (int tile = 0; tile < tiles; tile++) {
        int s0 = source0 + row * walk.sourceRow() + 8 * tile * Math.abs(step);
        int t0 = target0 + row * walk.targetRow() + 8 * tile * Math.abs(to);
        FloatVector y0 = FloatVector.zero(F);
        FloatVector y1 = FloatVector.zero(F);
        FloatVector y2 = FloatVector.zero(F);
        FloatVector y3 = FloatVector.zero(F);
        FloatVector y4 = FloatVector.zero(F);
        FloatVector y5 = FloatVector.zero(F);
        FloatVector y6 = FloatVector.zero(F);
        FloatVector y7 = FloatVector.zero(F);
        for (int i = 0; i < tapRows; i++) {
          for (int j = 0; j < tapColumns; j++) {
            int s = s0 + i * sourceTapRow + j * sourceTap;
            FloatVector w =
                FloatVector.fromArray(F, weights, weights0 + i * weightTapRow + j * weightTap);
            y0 = FloatVector.fromArray(F, source, s).lanewise(FMA, w, y0);
            y1 = FloatVector.fromArray(F, source, s + step).lanewise(FMA, w, y1);
            y2 = FloatVector.fromArray(F, source, s + 2 * step).lanewise(FMA, w, y2);
            y3 = FloatVector.fromArray(F, source, s + 3 * step).lanewise(FMA, w, y3);
            y4 = FloatVector.fromArray(F, source, s + 4 * step).lanewise(FMA, w, y4);
            y5 = FloatVector.fromArray(F, source, s + 5 * step).lanewise(FMA, w, y5);
            y6 = FloatVector.fromArray(F, source, s + 6 * step).lanewise(FMA, w, y6);
            y7 = FloatVector.fromArray(F, source, s + 7 * step).lanewise(FMA, w, y7);
          }
        }
        y0.intoArray(target, t0);
        y1.intoArray(target, t0 + to);
        y2.intoArray(target, t0 + 2 * to);
        y3.intoArray(target, t0 + 3 * to);
        y4.intoArray(target, t0 + 4 * to);
        y5.intoArray(target, t0 + 5 * to);
        y6.intoArray(target, t0 + 6 * to);
        y7.intoArray(target, t0 + 7 * to);
      }
    }
  }
}
