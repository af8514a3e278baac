package espalier.kernels.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels. */
final class SimdDepthwiseGradientTile implements DepthwiseGradientTile {
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());

  @Override
  public int channels(int left) {
    return left < F.length() ? 0 : F.length();
  }

  @Override
  public void fiveTaps(
      int pixels,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] weights,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0) {
    int xa = x0 + taps[first];
    int xb = x0 + taps[first + 1];
    int xc = x0 + taps[first + 2];
    int xd = x0 + taps[first + 3];
    int xe = x0 + taps[first + 4];
    int wa = dw0 + weights[first];
    int wb = dw0 + weights[first + 1];
    int wc = dw0 + weights[first + 2];
    int wd = dw0 + weights[first + 3];
    int we = dw0 + weights[first + 4];
    FloatVector a = FloatVector.fromArray(F, dw, wa);
    FloatVector b = FloatVector.fromArray(F, dw, wb);
    FloatVector c = FloatVector.fromArray(F, dw, wc);
    FloatVector d = FloatVector.fromArray(F, dw, wd);
    FloatVector e = FloatVector.fromArray(F, dw, we);
    for (int p = 0; p < pixels; p++) {
      int at = p * xPixel;
      FloatVector g = FloatVector.fromArray(F, dy, dy0 + p * dyPixel);
      a = FloatVector.fromArray(F, x, xa + at).fma(g, a);
      b = FloatVector.fromArray(F, x, xb + at).fma(g, b);
      c = FloatVector.fromArray(F, x, xc + at).fma(g, c);
      d = FloatVector.fromArray(F, x, xd + at).fma(g, d);
      e = FloatVector.fromArray(F, x, xe + at).fma(g, e);
    }
    a.intoArray(dw, wa);
    b.intoArray(dw, wb);
    c.intoArray(dw, wc);
    d.intoArray(dw, wd);
    e.intoArray(dw, we);
  }

  @Override
  public void fourTaps(
      int pixels,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] weights,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0) {
    int xa = x0 + taps[first];
    int xb = x0 + taps[first + 1];
    int xc = x0 + taps[first + 2];
    int xd = x0 + taps[first + 3];
    int wa = dw0 + weights[first];
    int wb = dw0 + weights[first + 1];
    int wc = dw0 + weights[first + 2];
    int wd = dw0 + weights[first + 3];
    FloatVector a = FloatVector.fromArray(F, dw, wa);
    FloatVector b = FloatVector.fromArray(F, dw, wb);
    FloatVector c = FloatVector.fromArray(F, dw, wc);
    FloatVector d = FloatVector.fromArray(F, dw, wd);
    for (int p = 0; p < pixels; p++) {
      int at = p * xPixel;
      FloatVector g = FloatVector.fromArray(F, dy, dy0 + p * dyPixel);
      a = FloatVector.fromArray(F, x, xa + at).fma(g, a);
      b = FloatVector.fromArray(F, x, xb + at).fma(g, b);
      c = FloatVector.fromArray(F, x, xc + at).fma(g, c);
      d = FloatVector.fromArray(F, x, xd + at).fma(g, d);
    }
    a.intoArray(dw, wa);
    b.intoArray(dw, wb);
    c.intoArray(dw, wc);
    d.intoArray(dw, wd);
  }

  @Override
  public void oneTap(
      int pixels,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] weights,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0) {
    int xa = x0 + taps[first];
    int wa = dw0 + weights[first];
    FloatVector a = FloatVector.fromArray(F, dw, wa);
    for (int p = 0; p < pixels; p++) {
      int at = p * xPixel;
      FloatVector g = FloatVector.fromArray(F, dy, dy0 + p * dyPixel);
      a = FloatVector.fromArray(F, x, xa + at).fma(g, a);
    }
    a.intoArray(dw, wa);
  }
}
