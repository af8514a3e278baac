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
  public void nineTaps(
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
    int xf = x0 + taps[first + 5];
    int xg = x0 + taps[first + 6];
    int xh = x0 + taps[first + 7];
    int xi = x0 + taps[first + 8];
    int wa = dw0 + weights[first];
    int wb = dw0 + weights[first + 1];
    int wc = dw0 + weights[first + 2];
    int wd = dw0 + weights[first + 3];
    int we = dw0 + weights[first + 4];
    int wf = dw0 + weights[first + 5];
    int wg = dw0 + weights[first + 6];
    int wh = dw0 + weights[first + 7];
    int wi = dw0 + weights[first + 8];
    FloatVector a = FloatVector.fromArray(F, dw, wa);
    FloatVector b = FloatVector.fromArray(F, dw, wb);
    FloatVector c = FloatVector.fromArray(F, dw, wc);
    FloatVector d = FloatVector.fromArray(F, dw, wd);
    FloatVector e = FloatVector.fromArray(F, dw, we);
    FloatVector f = FloatVector.fromArray(F, dw, wf);
    FloatVector g = FloatVector.fromArray(F, dw, wg);
    FloatVector h = FloatVector.fromArray(F, dw, wh);
    FloatVector i = FloatVector.fromArray(F, dw, wi);
    for (int p = 0; p < pixels; p++) {
      int at = p * xPixel;
      FloatVector y = FloatVector.fromArray(F, dy, dy0 + p * dyPixel);
      a = FloatVector.fromArray(F, x, xa + at).fma(y, a);
      b = FloatVector.fromArray(F, x, xb + at).fma(y, b);
      c = FloatVector.fromArray(F, x, xc + at).fma(y, c);
      d = FloatVector.fromArray(F, x, xd + at).fma(y, d);
      e = FloatVector.fromArray(F, x, xe + at).fma(y, e);
      f = FloatVector.fromArray(F, x, xf + at).fma(y, f);
      g = FloatVector.fromArray(F, x, xg + at).fma(y, g);
      h = FloatVector.fromArray(F, x, xh + at).fma(y, h);
      i = FloatVector.fromArray(F, x, xi + at).fma(y, i);
    }
    a.intoArray(dw, wa);
    b.intoArray(dw, wb);
    c.intoArray(dw, wc);
    d.intoArray(dw, wd);
    e.intoArray(dw, we);
    f.intoArray(dw, wf);
    g.intoArray(dw, wg);
    h.intoArray(dw, wh);
    i.intoArray(dw, wi);
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
      FloatVector y = FloatVector.fromArray(F, dy, dy0 + p * dyPixel);
      a = FloatVector.fromArray(F, x, xa + at).fma(y, a);
      b = FloatVector.fromArray(F, x, xb + at).fma(y, b);
      c = FloatVector.fromArray(F, x, xc + at).fma(y, c);
      d = FloatVector.fromArray(F, x, xd + at).fma(y, d);
      e = FloatVector.fromArray(F, x, xe + at).fma(y, e);
    }
    a.intoArray(dw, wa);
    b.intoArray(dw, wb);
    c.intoArray(dw, wc);
    d.intoArray(dw, wd);
    e.intoArray(dw, we);
  }
}
