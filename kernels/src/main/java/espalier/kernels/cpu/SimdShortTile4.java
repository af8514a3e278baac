package espalier.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Four rows by four columns in a short vector or by one: for columns too few for a long one. */
final class SimdShortTile4 implements ProductTile {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_128;

  @Override
  public int rows() {
    return 4;
  }

  @Override
  public int wide() {
    return 4;
  }

  @Override
  public int narrow() {
    return 1;
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
    int aRow = at.aRow();
    int aInner = at.aInner();
    int bInner = at.bInner();
    int cRow = at.cRow();
    FloatVector c0x = FloatVector.zero(F);
    FloatVector c1x = FloatVector.zero(F);
    FloatVector c2x = FloatVector.zero(F);
    FloatVector c3x = FloatVector.zero(F);
    if (!fresh) {
      c0x = FloatVector.fromArray(F, c, c0);
      c1x = FloatVector.fromArray(F, c, c0 + cRow);
      c2x = FloatVector.fromArray(F, c, c0 + 2 * cRow);
      c3x = FloatVector.fromArray(F, c, c0 + 3 * cRow);
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
        FloatVector a1x = FloatVector.broadcast(F, a[ai + aRow]);
        c1x = a1x.fma(bx, c1x);
        FloatVector a2x = FloatVector.broadcast(F, a[ai + 2 * aRow]);
        c2x = a2x.fma(bx, c2x);
        FloatVector a3x = FloatVector.broadcast(F, a[ai + 3 * aRow]);
        c3x = a3x.fma(bx, c3x);
      }
    }
    c0x.intoArray(c, c0);
    c1x.intoArray(c, c0 + cRow);
    c2x.intoArray(c, c0 + 2 * cRow);
    c3x.intoArray(c, c0 + 3 * cRow);
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
    int aRow = at.aRow();
    int aInner = at.aInner();
    int bInner = at.bInner();
    int cRow = at.cRow();
    float c0x = 0;
    float c1x = 0;
    float c2x = 0;
    float c3x = 0;
    if (!fresh) {
      c0x = c[c0];
      c1x = c[c0 + cRow];
      c2x = c[c0 + 2 * cRow];
      c3x = c[c0 + 3 * cRow];
    }
    for (int o = 0; o < outer; o++) {
      int ao = a0 + o * at.aOuter();
      int bo = b0 + o * at.bOuter();
      for (int i = 0; i < inner; i++) {
        int ai = ao + i * aInner;
        int bi = bo + i * bInner;
        float bx = b[bi];
        float a0x = a[ai];
        c0x = Math.fma(a0x, bx, c0x);
        float a1x = a[ai + aRow];
        c1x = Math.fma(a1x, bx, c1x);
        float a2x = a[ai + 2 * aRow];
        c2x = Math.fma(a2x, bx, c2x);
        float a3x = a[ai + 3 * aRow];
        c3x = Math.fma(a3x, bx, c3x);
      }
    }
    c[c0] = c0x;
    c[c0 + cRow] = c1x;
    c[c0 + 2 * cRow] = c2x;
    c[c0 + 3 * cRow] = c3x;
  }
}
