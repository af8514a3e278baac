package espalier.kernels.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels. */
final class SimdDepthwiseTile implements DepthwiseTile {
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());

  @Override
  public int channels(int left) {
    return left < F.length() ? 0 : F.length();
  }

  @Override
  public void eightNeighbours(
      int rows,
      int columns,
      int sourceRow,
      int sourceStep,
      int weightRow,
      int weightStep,
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
    for (int i = 0; i < rows; i++) {
      int s = source0 + i * sourceRow;
      int t = weights0 + i * weightRow;
      int j = 0;
      for (; j + 3 <= columns; j += 3) {
        FloatVector u = FloatVector.fromArray(F, weights, t);
        FloatVector v = FloatVector.fromArray(F, weights, t + weightStep);
        FloatVector w = FloatVector.fromArray(F, weights, t + 2 * weightStep);
        FloatVector x0 = FloatVector.fromArray(F, source, s);
        FloatVector x1 = FloatVector.fromArray(F, source, s + sourceStep);
        FloatVector x2 = FloatVector.fromArray(F, source, s + 2 * sourceStep);
        FloatVector x3 = FloatVector.fromArray(F, source, s + 3 * sourceStep);
        FloatVector x4 = FloatVector.fromArray(F, source, s + 4 * sourceStep);
        FloatVector x5 = FloatVector.fromArray(F, source, s + 5 * sourceStep);
        FloatVector x6 = FloatVector.fromArray(F, source, s + 6 * sourceStep);
        FloatVector x7 = FloatVector.fromArray(F, source, s + 7 * sourceStep);
        FloatVector x8 = FloatVector.fromArray(F, source, s + 8 * sourceStep);
        FloatVector x9 = FloatVector.fromArray(F, source, s + 9 * sourceStep);
        y0 = x0.fma(u, y0);
        y1 = x1.fma(u, y1);
        y2 = x2.fma(u, y2);
        y3 = x3.fma(u, y3);
        y4 = x4.fma(u, y4);
        y5 = x5.fma(u, y5);
        y6 = x6.fma(u, y6);
        y7 = x7.fma(u, y7);
        y0 = x1.fma(v, y0);
        y1 = x2.fma(v, y1);
        y2 = x3.fma(v, y2);
        y3 = x4.fma(v, y3);
        y4 = x5.fma(v, y4);
        y5 = x6.fma(v, y5);
        y6 = x7.fma(v, y6);
        y7 = x8.fma(v, y7);
        y0 = x2.fma(w, y0);
        y1 = x3.fma(w, y1);
        y2 = x4.fma(w, y2);
        y3 = x5.fma(w, y3);
        y4 = x6.fma(w, y4);
        y5 = x7.fma(w, y5);
        y6 = x8.fma(w, y6);
        y7 = x9.fma(w, y7);
        s += 3 * sourceStep;
        t += 3 * weightStep;
      }
      for (; j < columns; j++) {
        FloatVector u = FloatVector.fromArray(F, weights, t);
        y0 = FloatVector.fromArray(F, source, s).fma(u, y0);
        y1 = FloatVector.fromArray(F, source, s + sourceStep).fma(u, y1);
        y2 = FloatVector.fromArray(F, source, s + 2 * sourceStep).fma(u, y2);
        y3 = FloatVector.fromArray(F, source, s + 3 * sourceStep).fma(u, y3);
        y4 = FloatVector.fromArray(F, source, s + 4 * sourceStep).fma(u, y4);
        y5 = FloatVector.fromArray(F, source, s + 5 * sourceStep).fma(u, y5);
        y6 = FloatVector.fromArray(F, source, s + 6 * sourceStep).fma(u, y6);
        y7 = FloatVector.fromArray(F, source, s + 7 * sourceStep).fma(u, y7);
        s += sourceStep;
        t += weightStep;
      }
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
    int s0 = source0;
    int s1 = source0 + sourcePixel;
    int s2 = source0 + 2 * sourcePixel;
    int s3 = source0 + 3 * sourcePixel;
    int s4 = source0 + 4 * sourcePixel;
    int s5 = source0 + 5 * sourcePixel;
    int s6 = source0 + 6 * sourcePixel;
    int s7 = source0 + 7 * sourcePixel;
    FloatVector y0 = FloatVector.zero(F);
    FloatVector y1 = FloatVector.zero(F);
    FloatVector y2 = FloatVector.zero(F);
    FloatVector y3 = FloatVector.zero(F);
    FloatVector y4 = FloatVector.zero(F);
    FloatVector y5 = FloatVector.zero(F);
    FloatVector y6 = FloatVector.zero(F);
    FloatVector y7 = FloatVector.zero(F);
    for (int t = 0; t < taps; t++) {
      int s = sourceTaps[t];
      FloatVector w = FloatVector.fromArray(F, weights, weights0 + weightTaps[t]);
      y0 = FloatVector.fromArray(F, source, s0 + s).fma(w, y0);
      y1 = FloatVector.fromArray(F, source, s1 + s).fma(w, y1);
      y2 = FloatVector.fromArray(F, source, s2 + s).fma(w, y2);
      y3 = FloatVector.fromArray(F, source, s3 + s).fma(w, y3);
      y4 = FloatVector.fromArray(F, source, s4 + s).fma(w, y4);
      y5 = FloatVector.fromArray(F, source, s5 + s).fma(w, y5);
      y6 = FloatVector.fromArray(F, source, s6 + s).fma(w, y6);
      y7 = FloatVector.fromArray(F, source, s7 + s).fma(w, y7);
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
