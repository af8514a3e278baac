package espalier.kernels.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels. */
final class SimdDepthwiseGradientTile implements DepthwiseGradientTile {
  /*
   * The distances between pixels are constants, so that whether a tap reads inside the array is
   * asked once per row and not once per pixel.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int X_PIXEL = SimdWidths.sourcePixel(MethodHandles.lookup());
  private static final int DY_PIXEL = SimdWidths.targetPixel(MethodHandles.lookup());

  @Override
  public int channels(int left) {
    return left < F.length() ? 0 : F.length();
  }

  @Override
  public DepthwiseGradientTile apart(int xPixel, int dyPixel) {
    return SimdWidths.apart(
        DepthwiseGradientTile.class, "SimdDepthwiseGradientTile", F.vectorShape(), xPixel, dyPixel);
  }

  @Override
  public void fiveTaps(
      int rows,
      int pixels,
      int xRow,
      int dyRow,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] sums,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0) {
    int xStep = X_PIXEL == 0 ? xPixel : X_PIXEL;
    int dyStep = DY_PIXEL == 0 ? dyPixel : DY_PIXEL;
    int wa = dw0 + sums[first];
    int wb = dw0 + sums[first + 1];
    int wc = dw0 + sums[first + 2];
    int wd = dw0 + sums[first + 3];
    int we = dw0 + sums[first + 4];
    FloatVector a = FloatVector.fromArray(F, dw, wa);
    FloatVector b = FloatVector.fromArray(F, dw, wb);
    FloatVector c = FloatVector.fromArray(F, dw, wc);
    FloatVector d = FloatVector.fromArray(F, dw, wd);
    FloatVector e = FloatVector.fromArray(F, dw, we);
    for (int row = 0; row < rows; row++) {
      int xr = x0 + row * xRow;
      int yr = dy0 + row * dyRow;
      int xa = xr + taps[first];
      int xb = xr + taps[first + 1];
      int xc = xr + taps[first + 2];
      int xd = xr + taps[first + 3];
      int xe = xr + taps[first + 4];
      for (int p = 0; p < pixels; p++) {
        int at = p * xStep;
        FloatVector y = FloatVector.fromArray(F, dy, yr + p * dyStep);
        a = FloatVector.fromArray(F, x, xa + at).fma(y, a);
        b = FloatVector.fromArray(F, x, xb + at).fma(y, b);
        c = FloatVector.fromArray(F, x, xc + at).fma(y, c);
        d = FloatVector.fromArray(F, x, xd + at).fma(y, d);
        e = FloatVector.fromArray(F, x, xe + at).fma(y, e);
      }
    }
    a.intoArray(dw, wa);
    b.intoArray(dw, wb);
    c.intoArray(dw, wc);
    d.intoArray(dw, wd);
    e.intoArray(dw, we);
  }

  @Override
  public void threeTaps(
      int rows,
      int pixels,
      int xRow,
      int dyRow,
      int xPixel,
      int dyPixel,
      int channels,
      int first,
      int[] taps,
      int[] sums,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0) {
    int xStep = X_PIXEL == 0 ? xPixel : X_PIXEL;
    int dyStep = DY_PIXEL == 0 ? dyPixel : DY_PIXEL;
    int wa = dw0 + sums[first];
    int wb = dw0 + sums[first + 1];
    int wc = dw0 + sums[first + 2];
    FloatVector a = FloatVector.fromArray(F, dw, wa);
    FloatVector b = FloatVector.fromArray(F, dw, wb);
    FloatVector c = FloatVector.fromArray(F, dw, wc);
    for (int row = 0; row < rows; row++) {
      int xr = x0 + row * xRow;
      int yr = dy0 + row * dyRow;
      int xa = xr + taps[first];
      int xb = xr + taps[first + 1];
      int xc = xr + taps[first + 2];
      for (int p = 0; p < pixels; p++) {
        int at = p * xStep;
        FloatVector y = FloatVector.fromArray(F, dy, yr + p * dyStep);
        a = FloatVector.fromArray(F, x, xa + at).fma(y, a);
        b = FloatVector.fromArray(F, x, xb + at).fma(y, b);
        c = FloatVector.fromArray(F, x, xc + at).fma(y, c);
      }
    }
    a.intoArray(dw, wa);
    b.intoArray(dw, wb);
    c.intoArray(dw, wc);
  }
}
