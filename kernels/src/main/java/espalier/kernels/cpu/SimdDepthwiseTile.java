package espalier.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels. */
final class SimdDepthwiseTile implements DepthwiseTile {
  private static final VectorSpecies<Float> F = SimdLanes.F;

  @Override
  public int channels(int left) {
    return left < F.length() ? 0 : F.length();
  }

  @Override
  public void eightPixels(
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
    FloatVector y0 = FloatVector.zero(F);
    FloatVector y1 = FloatVector.zero(F);
    FloatVector y2 = FloatVector.zero(F);
    FloatVector y3 = FloatVector.zero(F);
    FloatVector y4 = FloatVector.zero(F);
    FloatVector y5 = FloatVector.zero(F);
    FloatVector y6 = FloatVector.zero(F);
    FloatVector y7 = FloatVector.zero(F);
    for (int t = 0; t < taps; t++) {
      int s = source0 + sourceTaps[t];
      FloatVector w = FloatVector.fromArray(F, weights, weights0 + weightTaps[t]);
      y0 = FloatVector.fromArray(F, source, s).fma(w, y0);
      y1 = FloatVector.fromArray(F, source, s + sourcePixel).fma(w, y1);
      y2 = FloatVector.fromArray(F, source, s + 2 * sourcePixel).fma(w, y2);
      y3 = FloatVector.fromArray(F, source, s + 3 * sourcePixel).fma(w, y3);
      y4 = FloatVector.fromArray(F, source, s + 4 * sourcePixel).fma(w, y4);
      y5 = FloatVector.fromArray(F, source, s + 5 * sourcePixel).fma(w, y5);
      y6 = FloatVector.fromArray(F, source, s + 6 * sourcePixel).fma(w, y6);
      y7 = FloatVector.fromArray(F, source, s + 7 * sourcePixel).fma(w, y7);
    }
    y0.intoArray(target, target0);
    y1.intoArray(target, target0 + targetPixel);
    y2.intoArray(target, target0 + 2 * targetPixel);
    y3.intoArray(target, target0 + 3 * targetPixel);
    y4.intoArray(target, target0 + 4 * targetPixel);
    y5.intoArray(target, target0 + 5 * targetPixel);
    y6.intoArray(target, target0 + 6 * targetPixel);
    y7.intoArray(target, target0 + 7 * targetPixel);
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
    FloatVector y0 = FloatVector.zero(F);
    FloatVector y1 = FloatVector.zero(F);
    FloatVector y2 = FloatVector.zero(F);
    FloatVector y3 = FloatVector.zero(F);
    for (int t = 0; t < taps; t++) {
      int s = source0 + sourceTaps[t];
      FloatVector w = FloatVector.fromArray(F, weights, weights0 + weightTaps[t]);
      y0 = FloatVector.fromArray(F, source, s).fma(w, y0);
      y1 = FloatVector.fromArray(F, source, s + sourcePixel).fma(w, y1);
      y2 = FloatVector.fromArray(F, source, s + 2 * sourcePixel).fma(w, y2);
      y3 = FloatVector.fromArray(F, source, s + 3 * sourcePixel).fma(w, y3);
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
    FloatVector y0 = FloatVector.zero(F);
    for (int t = 0; t < taps; t++) {
      int s = source0 + sourceTaps[t];
      FloatVector w = FloatVector.fromArray(F, weights, weights0 + weightTaps[t]);
      y0 = FloatVector.fromArray(F, source, s).fma(w, y0);
    }
    y0.intoArray(target, target0);
  }
}
