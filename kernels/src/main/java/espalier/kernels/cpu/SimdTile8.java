package espalier.kernels.cpu;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Eight rows by one or two vectors: for 32 vector registers. */
final class SimdTile8 implements ProductTile {
  /*
   * Sixteen accumulators stay in registers; a step loads two vectors of b and broadcasts eight
   * numbers of a. The compiler spills taller or wider tiles whose strides are no constants.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();

  @Override
  public int rows() {
    return 8;
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
    int aRow = at.aRow();
    int aInner = at.aInner();
    int bInner = at.bInner();
    int cRow = at.cRow();
    FloatVector c0u = FloatVector.zero(F);
    FloatVector c0v = FloatVector.zero(F);
    FloatVector c1u = FloatVector.zero(F);
    FloatVector c1v = FloatVector.zero(F);
    FloatVector c2u = FloatVector.zero(F);
    FloatVector c2v = FloatVector.zero(F);
    FloatVector c3u = FloatVector.zero(F);
    FloatVector c3v = FloatVector.zero(F);
    FloatVector c4u = FloatVector.zero(F);
    FloatVector c4v = FloatVector.zero(F);
    FloatVector c5u = FloatVector.zero(F);
    FloatVector c5v = FloatVector.zero(F);
    FloatVector c6u = FloatVector.zero(F);
    FloatVector c6v = FloatVector.zero(F);
    FloatVector c7u = FloatVector.zero(F);
    FloatVector c7v = FloatVector.zero(F);
    if (!fresh) {
      c0u = FloatVector.fromArray(F, c, c0);
      c0v = FloatVector.fromArray(F, c, c0 + LANES);
      c1u = FloatVector.fromArray(F, c, c0 + cRow);
      c1v = FloatVector.fromArray(F, c, c0 + cRow + LANES);
      c2u = FloatVector.fromArray(F, c, c0 + 2 * cRow);
      c2v = FloatVector.fromArray(F, c, c0 + 2 * cRow + LANES);
      c3u = FloatVector.fromArray(F, c, c0 + 3 * cRow);
      c3v = FloatVector.fromArray(F, c, c0 + 3 * cRow + LANES);
      c4u = FloatVector.fromArray(F, c, c0 + 4 * cRow);
      c4v = FloatVector.fromArray(F, c, c0 + 4 * cRow + LANES);
      c5u = FloatVector.fromArray(F, c, c0 + 5 * cRow);
      c5v = FloatVector.fromArray(F, c, c0 + 5 * cRow + LANES);
      c6u = FloatVector.fromArray(F, c, c0 + 6 * cRow);
      c6v = FloatVector.fromArray(F, c, c0 + 6 * cRow + LANES);
      c7u = FloatVector.fromArray(F, c, c0 + 7 * cRow);
      c7v = FloatVector.fromArray(F, c, c0 + 7 * cRow + LANES);
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
        FloatVector a1x = FloatVector.broadcast(F, a[ai + aRow]);
        c1u = a1x.fma(bu, c1u);
        c1v = a1x.fma(bv, c1v);
        FloatVector a2x = FloatVector.broadcast(F, a[ai + 2 * aRow]);
        c2u = a2x.fma(bu, c2u);
        c2v = a2x.fma(bv, c2v);
        FloatVector a3x = FloatVector.broadcast(F, a[ai + 3 * aRow]);
        c3u = a3x.fma(bu, c3u);
        c3v = a3x.fma(bv, c3v);
        FloatVector a4x = FloatVector.broadcast(F, a[ai + 4 * aRow]);
        c4u = a4x.fma(bu, c4u);
        c4v = a4x.fma(bv, c4v);
        FloatVector a5x = FloatVector.broadcast(F, a[ai + 5 * aRow]);
        c5u = a5x.fma(bu, c5u);
        c5v = a5x.fma(bv, c5v);
        FloatVector a6x = FloatVector.broadcast(F, a[ai + 6 * aRow]);
        c6u = a6x.fma(bu, c6u);
        c6v = a6x.fma(bv, c6v);
        FloatVector a7x = FloatVector.broadcast(F, a[ai + 7 * aRow]);
        c7u = a7x.fma(bu, c7u);
        c7v = a7x.fma(bv, c7v);
      }
    }
    c0u.intoArray(c, c0);
    c0v.intoArray(c, c0 + LANES);
    c1u.intoArray(c, c0 + cRow);
    c1v.intoArray(c, c0 + cRow + LANES);
    c2u.intoArray(c, c0 + 2 * cRow);
    c2v.intoArray(c, c0 + 2 * cRow + LANES);
    c3u.intoArray(c, c0 + 3 * cRow);
    c3v.intoArray(c, c0 + 3 * cRow + LANES);
    c4u.intoArray(c, c0 + 4 * cRow);
    c4v.intoArray(c, c0 + 4 * cRow + LANES);
    c5u.intoArray(c, c0 + 5 * cRow);
    c5v.intoArray(c, c0 + 5 * cRow + LANES);
    c6u.intoArray(c, c0 + 6 * cRow);
    c6v.intoArray(c, c0 + 6 * cRow + LANES);
    c7u.intoArray(c, c0 + 7 * cRow);
    c7v.intoArray(c, c0 + 7 * cRow + LANES);
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
    FloatVector c0x = FloatVector.zero(F);
    FloatVector c1x = FloatVector.zero(F);
    FloatVector c2x = FloatVector.zero(F);
    FloatVector c3x = FloatVector.zero(F);
    FloatVector c4x = FloatVector.zero(F);
    FloatVector c5x = FloatVector.zero(F);
    FloatVector c6x = FloatVector.zero(F);
    FloatVector c7x = FloatVector.zero(F);
    if (!fresh) {
      c0x = FloatVector.fromArray(F, c, c0);
      c1x = FloatVector.fromArray(F, c, c0 + cRow);
      c2x = FloatVector.fromArray(F, c, c0 + 2 * cRow);
      c3x = FloatVector.fromArray(F, c, c0 + 3 * cRow);
      c4x = FloatVector.fromArray(F, c, c0 + 4 * cRow);
      c5x = FloatVector.fromArray(F, c, c0 + 5 * cRow);
      c6x = FloatVector.fromArray(F, c, c0 + 6 * cRow);
      c7x = FloatVector.fromArray(F, c, c0 + 7 * cRow);
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
        FloatVector a4x = FloatVector.broadcast(F, a[ai + 4 * aRow]);
        c4x = a4x.fma(bx, c4x);
        FloatVector a5x = FloatVector.broadcast(F, a[ai + 5 * aRow]);
        c5x = a5x.fma(bx, c5x);
        FloatVector a6x = FloatVector.broadcast(F, a[ai + 6 * aRow]);
        c6x = a6x.fma(bx, c6x);
        FloatVector a7x = FloatVector.broadcast(F, a[ai + 7 * aRow]);
        c7x = a7x.fma(bx, c7x);
      }
    }
    c0x.intoArray(c, c0);
    c1x.intoArray(c, c0 + cRow);
    c2x.intoArray(c, c0 + 2 * cRow);
    c3x.intoArray(c, c0 + 3 * cRow);
    c4x.intoArray(c, c0 + 4 * cRow);
    c5x.intoArray(c, c0 + 5 * cRow);
    c6x.intoArray(c, c0 + 6 * cRow);
    c7x.intoArray(c, c0 + 7 * cRow);
  }
}
