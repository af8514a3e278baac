package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One vector of channels. */
final class SimdDepthwiseGradientTile implements DepthwiseGradientTile {
  /*
   * The distances between pixels and taps are constants, so that whether a tap reads inside the
   * array is asked once per row and not once per pixel.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int X_PIXEL = SimdWidths.sourcePixel(MethodHandles.lookup());
  private static final int X_TAP = SimdWidths.sourceTap(MethodHandles.lookup());
  private static final int DY_PIXEL = SimdWidths.targetPixel(MethodHandles.lookup());

  @Override
  public int channels(int left) {
    return left < F.length() ? 0 : F.length();
  }

  @Override
  public DepthwiseGradientTile apart(int xPixel, int xTap, int dyPixel) {
    return SimdWidths.apart(
        DepthwiseGradientTile.class,
        "SimdDepthwiseGradientTile",
        F.vectorShape(),
        xPixel,
        xTap,
        dyPixel);
  }

  @Override
  public void fiveTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch) {
    int xPixel = X_PIXEL == 0 ? rows.xPixel() : X_PIXEL;
    int tap = X_TAP == 0 ? rows.xTap() : X_TAP;
    int dyPixel = DY_PIXEL == 0 ? rows.dyPixel() : DY_PIXEL;
    int pixels = rows.pixels();
    FloatVector a = FloatVector.fromArray(F, sums, sums0);
    FloatVector b = FloatVector.fromArray(F, sums, sums0 + pitch);
    FloatVector c = FloatVector.fromArray(F, sums, sums0 + 2 * pitch);
    FloatVector d = FloatVector.fromArray(F, sums, sums0 + 3 * pitch);
    FloatVector e = FloatVector.fromArray(F, sums, sums0 + 4 * pitch);
    for (int row = 0; row < rows.count(); row++) {
      int xr = x0 + row * rows.xRow();
      int yr = dy0 + row * rows.dyRow();
      for (int p = 0; p < pixels; p++) {
        int at = xr + p * xPixel;
        FloatVector y = FloatVector.fromArray(F, dy, yr + p * dyPixel);
        a = FloatVector.fromArray(F, x, at).lanewise(FMA, y, a);
        b = FloatVector.fromArray(F, x, at + tap).lanewise(FMA, y, b);
        c = FloatVector.fromArray(F, x, at + 2 * tap).lanewise(FMA, y, c);
        d = FloatVector.fromArray(F, x, at + 3 * tap).lanewise(FMA, y, d);
        e = FloatVector.fromArray(F, x, at + 4 * tap).lanewise(FMA, y, e);
      }
    }
    a.intoArray(sums, sums0);
    b.intoArray(sums, sums0 + pitch);
    c.intoArray(sums, sums0 + 2 * pitch);
    d.intoArray(sums, sums0 + 3 * pitch);
    e.intoArray(sums, sums0 + 4 * pitch);
  }

  @Override
  public void threeTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch) {
    int xPixel = X_PIXEL == 0 ? rows.xPixel() : X_PIXEL;
    int tap = X_TAP == 0 ? rows.xTap() : X_TAP;
    int dyPixel = DY_PIXEL == 0 ? rows.dyPixel() : DY_PIXEL;
    int pixels = rows.pixels();
    FloatVector a = FloatVector.fromArray(F, sums, sums0);
    FloatVector b = FloatVector.fromArray(F, sums, sums0 + pitch);
    FloatVector c = FloatVector.fromArray(F, sums, sums0 + 2 * pitch);
    for (int row = 0; row < rows.count(); row++) {
      int xr = x0 + row * rows.xRow();
      int yr = dy0 + row * rows.dyRow();
      for (int p = 0; p < pixels; p++) {
        int at = xr + p * xPixel;
        FloatVector y = FloatVector.fromArray(F, dy, yr + p * dyPixel);
        a = FloatVector.fromArray(F, x, at).lanewise(FMA, y, a);
        b = FloatVector.fromArray(F, x, at + tap).lanewise(FMA, y, b);
        c = FloatVector.fromArray(F, x, at + 2 * tap).lanewise(FMA, y, c);
      }
    }
    a.intoArray(sums, sums0);
    b.intoArray(sums, sums0 + pitch);
    c.intoArray(sums, sums0 + 2 * pitch);
  }

  @Override
  public void nineTaps(
      DepthwiseRows rows,
      int channels,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] sums,
      int sums0,
      int pitch) {
    int xPixel = X_PIXEL == 0 ? rows.xPixel() : X_PIXEL;
    int tap = X_TAP == 0 ? rows.xTap() : X_TAP;
    int dyPixel = DY_PIXEL == 0 ? rows.dyPixel() : DY_PIXEL;
    int pixels = rows.pixels();
    int down = rows.xTapRow();
    FloatVector a = FloatVector.fromArray(F, sums, sums0);
    FloatVector b = FloatVector.fromArray(F, sums, sums0 + pitch);
    FloatVector c = FloatVector.fromArray(F, sums, sums0 + 2 * pitch);
    FloatVector d = FloatVector.fromArray(F, sums, sums0 + 3 * pitch);
    FloatVector e = FloatVector.fromArray(F, sums, sums0 + 4 * pitch);
    FloatVector f = FloatVector.fromArray(F, sums, sums0 + 5 * pitch);
    FloatVector g = FloatVector.fromArray(F, sums, sums0 + 6 * pitch);
    FloatVector h = FloatVector.fromArray(F, sums, sums0 + 7 * pitch);
    FloatVector i = FloatVector.fromArray(F, sums, sums0 + 8 * pitch);
    for (int row = 0; row < rows.count(); row++) {
      int first = x0 + row * rows.xRow();
      int second = first + down;
      int third = second + down;
      int yr = dy0 + row * rows.dyRow();
      for (int p = 0; p < pixels; p++) {
        FloatVector y = FloatVector.fromArray(F, dy, yr + p * dyPixel);
        int top = first + p * xPixel;
        a = FloatVector.fromArray(F, x, top).lanewise(FMA, y, a);
        b = FloatVector.fromArray(F, x, top + tap).lanewise(FMA, y, b);
        c = FloatVector.fromArray(F, x, top + 2 * tap).lanewise(FMA, y, c);
        int middle = second + p * xPixel;
        d = FloatVector.fromArray(F, x, middle).lanewise(FMA, y, d);
        e = FloatVector.fromArray(F, x, middle + tap).lanewise(FMA, y, e);
        f = FloatVector.fromArray(F, x, middle + 2 * tap).lanewise(FMA, y, f);
        int bottom = third + p * xPixel;
        g = FloatVector.fromArray(F, x, bottom).lanewise(FMA, y, g);
        h = FloatVector.fromArray(F, x, bottom + tap).lanewise(FMA, y, h);
        i = FloatVector.fromArray(F, x, bottom + 2 * tap).lanewise(FMA, y, i);
      }
    }
    a.intoArray(sums, sums0);
    b.intoArray(sums, sums0 + pitch);
    c.intoArray(sums, sums0 + 2 * pitch);
    d.intoArray(sums, sums0 + 3 * pitch);
    e.intoArray(sums, sums0 + 4 * pitch);
    f.intoArray(sums, sums0 + 5 * pitch);
    g.intoArray(sums, sums0 + 6 * pitch);
    h.intoArray(sums, sums0 + 7 * pitch);
    i.intoArray(sums, sums0 + 8 * pitch);
  }
}
