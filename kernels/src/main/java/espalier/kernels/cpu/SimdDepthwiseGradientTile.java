package espalier.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels; channels that are not there are masked. */
final class SimdDepthwiseGradientTile implements DepthwiseGradientTile {
  private static final VectorSpecies<Float> F = SimdLanes.F;

  @Override
  public int lanes() {
    return F.length();
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
    VectorMask<Float> within = F.indexInRange(0, channels);
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
    FloatVector a = FloatVector.fromArray(F, dw, wa, within);
    FloatVector b = FloatVector.fromArray(F, dw, wb, within);
    FloatVector c = FloatVector.fromArray(F, dw, wc, within);
    FloatVector d = FloatVector.fromArray(F, dw, wd, within);
    FloatVector e = FloatVector.fromArray(F, dw, we, within);
    for (int p = 0; p < pixels; p++) {
      int at = p * xPixel;
      FloatVector g = FloatVector.fromArray(F, dy, dy0 + p * dyPixel, within);
      a = FloatVector.fromArray(F, x, xa + at, within).fma(g, a);
      b = FloatVector.fromArray(F, x, xb + at, within).fma(g, b);
      c = FloatVector.fromArray(F, x, xc + at, within).fma(g, c);
      d = FloatVector.fromArray(F, x, xd + at, within).fma(g, d);
      e = FloatVector.fromArray(F, x, xe + at, within).fma(g, e);
    }
    a.intoArray(dw, wa, within);
    b.intoArray(dw, wb, within);
    c.intoArray(dw, wc, within);
    d.intoArray(dw, wd, within);
    e.intoArray(dw, we, within);
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
    VectorMask<Float> within = F.indexInRange(0, channels);
    int xa = x0 + taps[first];
    int xb = x0 + taps[first + 1];
    int xc = x0 + taps[first + 2];
    int xd = x0 + taps[first + 3];
    int wa = dw0 + weights[first];
    int wb = dw0 + weights[first + 1];
    int wc = dw0 + weights[first + 2];
    int wd = dw0 + weights[first + 3];
    FloatVector a = FloatVector.fromArray(F, dw, wa, within);
    FloatVector b = FloatVector.fromArray(F, dw, wb, within);
    FloatVector c = FloatVector.fromArray(F, dw, wc, within);
    FloatVector d = FloatVector.fromArray(F, dw, wd, within);
    for (int p = 0; p < pixels; p++) {
      int at = p * xPixel;
      FloatVector g = FloatVector.fromArray(F, dy, dy0 + p * dyPixel, within);
      a = FloatVector.fromArray(F, x, xa + at, within).fma(g, a);
      b = FloatVector.fromArray(F, x, xb + at, within).fma(g, b);
      c = FloatVector.fromArray(F, x, xc + at, within).fma(g, c);
      d = FloatVector.fromArray(F, x, xd + at, within).fma(g, d);
    }
    a.intoArray(dw, wa, within);
    b.intoArray(dw, wb, within);
    c.intoArray(dw, wc, within);
    d.intoArray(dw, wd, within);
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
    VectorMask<Float> within = F.indexInRange(0, channels);
    int xa = x0 + taps[first];
    int wa = dw0 + weights[first];
    FloatVector a = FloatVector.fromArray(F, dw, wa, within);
    for (int p = 0; p < pixels; p++) {
      int at = p * xPixel;
      FloatVector g = FloatVector.fromArray(F, dy, dy0 + p * dyPixel, within);
      a = FloatVector.fromArray(F, x, xa + at, within).fma(g, a);
    }
    a.intoArray(dw, wa, within);
  }
}
