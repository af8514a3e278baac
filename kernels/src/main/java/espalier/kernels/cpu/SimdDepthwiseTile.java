package espalier.kernels.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels. */
final class SimdDepthwiseTile implements DepthwiseTile {
  /*
   * Most of what a processor does for a tap is to find out where its eight pixels are and that they
   * are inside the array, unless the distances between them are constants: then one check does for
   * all of them. So the class is instantiated for those of long strips.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int SOURCE_PIXEL = SimdWidths.sourcePixel(MethodHandles.lookup());
  private static final int TARGET_PIXEL = SimdWidths.targetPixel(MethodHandles.lookup());

  @Override
  public int channels(int left) {
    return left < F.length() ? 0 : F.length();
  }

  @Override
  public DepthwiseTile apart(int sourcePixel, int targetPixel) {
    return SimdWidths.apart(
        DepthwiseTile.class, "SimdDepthwiseTile", F.vectorShape(), sourcePixel, targetPixel);
  }

  @Override
  public void eightPixels(
      int tiles,
      int taps,
      int[] sourceTaps,
      int[] weightTaps,
      int sourcePixel,
      int targetPixel,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    int from = SOURCE_PIXEL == 0 ? sourcePixel : SOURCE_PIXEL;
    int to = TARGET_PIXEL == 0 ? targetPixel : TARGET_PIXEL;
    for (int tile = 0; tile < tiles; tile++) {
      int s0 = source0 + 8 * tile * from;
      int t0 = target0 + 8 * tile * to;
      FloatVector y0 = FloatVector.zero(F);
      FloatVector y1 = FloatVector.zero(F);
      FloatVector y2 = FloatVector.zero(F);
      FloatVector y3 = FloatVector.zero(F);
      FloatVector y4 = FloatVector.zero(F);
      FloatVector y5 = FloatVector.zero(F);
      FloatVector y6 = FloatVector.zero(F);
      FloatVector y7 = FloatVector.zero(F);
      for (int t = 0; t < taps; t++) {
        int s = s0 + sourceTaps[t];
        FloatVector w = FloatVector.fromArray(F, weights, weights0 + weightTaps[t]);
        y0 = FloatVector.fromArray(F, source, s).fma(w, y0);
        y1 = FloatVector.fromArray(F, source, s + from).fma(w, y1);
        y2 = FloatVector.fromArray(F, source, s + 2 * from).fma(w, y2);
        y3 = FloatVector.fromArray(F, source, s + 3 * from).fma(w, y3);
        y4 = FloatVector.fromArray(F, source, s + 4 * from).fma(w, y4);
        y5 = FloatVector.fromArray(F, source, s + 5 * from).fma(w, y5);
        y6 = FloatVector.fromArray(F, source, s + 6 * from).fma(w, y6);
        y7 = FloatVector.fromArray(F, source, s + 7 * from).fma(w, y7);
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

  @Override
  public void fourPixels(
      int taps,
      int[] sourceTaps,
      int[] weightTaps,
      int sourcePixel,
      int targetPixel,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    int s0 = source0;
    int s1 = source0 + sourcePixel;
    int s2 = source0 + 2 * sourcePixel;
    int s3 = source0 + 3 * sourcePixel;
    FloatVector y0 = FloatVector.zero(F);
    FloatVector y1 = FloatVector.zero(F);
    FloatVector y2 = FloatVector.zero(F);
    FloatVector y3 = FloatVector.zero(F);
    for (int t = 0; t < taps; t++) {
      int s = sourceTaps[t];
      FloatVector w = FloatVector.fromArray(F, weights, weights0 + weightTaps[t]);
      y0 = FloatVector.fromArray(F, source, s0 + s).fma(w, y0);
      y1 = FloatVector.fromArray(F, source, s1 + s).fma(w, y1);
      y2 = FloatVector.fromArray(F, source, s2 + s).fma(w, y2);
      y3 = FloatVector.fromArray(F, source, s3 + s).fma(w, y3);
    }
    y0.intoArray(target, target0);
    y1.intoArray(target, target0 + targetPixel);
    y2.intoArray(target, target0 + 2 * targetPixel);
    y3.intoArray(target, target0 + 3 * targetPixel);
  }

  @Override
  public void onePixel(
      int taps,
      int[] sourceTaps,
      int[] weightTaps,
      int sourcePixel,
      int targetPixel,
      int channels,
      float[] source,
      int source0,
      float[] weights,
      int weights0,
      float[] target,
      int target0) {
    int s0 = source0;
    FloatVector y0 = FloatVector.zero(F);
    for (int t = 0; t < taps; t++) {
      int s = sourceTaps[t];
      FloatVector w = FloatVector.fromArray(F, weights, weights0 + weightTaps[t]);
      y0 = FloatVector.fromArray(F, source, s0 + s).fma(w, y0);
    }
    y0.intoArray(target, target0);
  }
}
