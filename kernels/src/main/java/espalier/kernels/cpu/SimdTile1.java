package espalier.kernels.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One row by one or two vectors: for products of few rows. */
final class SimdTile1 implements ProductTile {
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public int wide() {
    return 2 * LANES;
  }

  @Override
  public int narrow() {
    return LANES;
  }

  @Override
  public void accumulateWide(
      ProductStrides at,
      int outer,
      int inner,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    int aInner = at.aInner();
    int bInner = at.bInner();
    FloatVector c0u = FloatVector.zero(F);
    FloatVector c0v = FloatVector.zero(F);
    if (!fresh) {
      c0u = FloatVector.fromArray(F, c, c0);
      c0v = FloatVector.fromArray(F, c, c0 + LANES);
    }
    for (int o = 0; o < outer; o++) {
      int ao = a0 + o * at.aOuter();
      int bo = b0 + o * at.bOuter();
      for (int i = 0; i < inner; i++) {
        int ai = ao + i * aInner;
        int bi = bo + i * bInner;
        FloatVector bu = FloatVector.fromArray(F, b, bi);
        FloatVector bv = FloatVector.fromArray(F, b, bi + LANES);
        FloatVector a0x = FloatVector.broadcast(F, a[ai]);
        c0u = a0x.fma(bu, c0u);
        c0v = a0x.fma(bv, c0v);
      }
    }
    c0u.intoArray(c, c0);
    c0v.intoArray(c, c0 + LANES);
  }

  @Override
  public void accumulateNarrow(
      ProductStrides at,
      int outer,
      int inner,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    int aInner = at.aInner();
    int bInner = at.bInner();
    FloatVector c0x = FloatVector.zero(F);
    if (!fresh) {
      c0x = FloatVector.fromArray(F, c, c0);
    }
    for (int o = 0; o < outer; o++) {
      int ao = a0 + o * at.aOuter();
      int bo = b0 + o * at.bOuter();
      for (int i = 0; i < inner; i++) {
        int ai = ao + i * aInner;
        int bi = bo + i * bInner;
        FloatVector bx = FloatVector.fromArray(F, b, bi);
        FloatVector a0x = FloatVector.broadcast(F, a[ai]);
        c0x = a0x.fma(bx, c0x);
      }
    }
    c0x.intoArray(c, c0);
  }
}
