package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Eight rows by one vector: for columns left over. */
final class SimdTile8x1 implements ProductTile {
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final FixedStrides FIXED = SimdWidths.strides(MethodHandles.lookup());

  @Override
  public int rows() {
    return 8;
  }

  @Override
  public int columns() {
    return LANES;
  }

  @Override
  public void accumulate(
      ProductStrides at,
      int tiles,
      int terms,
      float[] a,
      int a0,
      float[] b,
      int b0,
      float[] c,
      int c0,
      boolean fresh) {
    int aRow = FIXED.aRow(at);
    int aTerm = FIXED.aTerm(at);
    int bTerm = at.bTerm();
    int[] aRuns = at.aRuns();
    int[] bRuns = at.bRuns();
    int cRow = FIXED.cRow(at);
    for (int t = 0; t < tiles; t++) {
      int ar = a0 + t * 8 * aRow;
      int cr = c0 + t * 8 * cRow;
      FloatVector c0x = FloatVector.zero(F);
      FloatVector c1x = FloatVector.zero(F);
      FloatVector c2x = FloatVector.zero(F);
      FloatVector c3x = FloatVector.zero(F);
      FloatVector c4x = FloatVector.zero(F);
      FloatVector c5x = FloatVector.zero(F);
      FloatVector c6x = FloatVector.zero(F);
      FloatVector c7x = FloatVector.zero(F);
      if (!fresh) {
        c0x = FloatVector.fromArray(F, c, cr);
        c1x = FloatVector.fromArray(F, c, cr + cRow);
        c2x = FloatVector.fromArray(F, c, cr + 2 * cRow);
        c3x = FloatVector.fromArray(F, c, cr + 3 * cRow);
        c4x = FloatVector.fromArray(F, c, cr + 4 * cRow);
        c5x = FloatVector.fromArray(F, c, cr + 5 * cRow);
        c6x = FloatVector.fromArray(F, c, cr + 6 * cRow);
        c7x = FloatVector.fromArray(F, c, cr + 7 * cRow);
      }
      for (int run = 0; run < aRuns.length; run++) {
        int ao = ar + aRuns[run];
        int bo = b0 + bRuns[run];
        int i = 0;
        do {
          int ai = ao + i * aTerm;
          int bi = bo + i * bTerm;
          FloatVector bx = FloatVector.fromArray(F, b, bi);
          FloatVector a0x = FloatVector.broadcast(F, a[ai]);
          c0x = a0x.lanewise(FMA, bx, c0x);
          FloatVector a1x = FloatVector.broadcast(F, a[ai + aRow]);
          c1x = a1x.lanewise(FMA, bx, c1x);
          FloatVector a2x = FloatVector.broadcast(F, a[ai + 2 * aRow]);
          c2x = a2x.lanewise(FMA, bx, c2x);
          FloatVector a3x = FloatVector.broadcast(F, a[ai + 3 * aRow]);
          c3x = a3x.lanewise(FMA, bx, c3x);
          FloatVector a4x = FloatVector.broadcast(F, a[ai + 4 * aRow]);
          c4x = a4x.lanewise(FMA, bx, c4x);
          FloatVector a5x = FloatVector.broadcast(F, a[ai + 5 * aRow]);
          c5x = a5x.lanewise(FMA, bx, c5x);
          FloatVector a6x = FloatVector.broadcast(F, a[ai + 6 * aRow]);
          c6x = a6x.lanewise(FMA, bx, c6x);
          FloatVector a7x = FloatVector.broadcast(F, a[ai + 7 * aRow]);
          c7x = a7x.lanewise(FMA, bx, c7x);
        } while (++i < terms);
      }
      c0x.intoArray(c, cr);
      c1x.intoArray(c, cr + cRow);
      c2x.intoArray(c, cr + 2 * cRow);
      c3x.intoArray(c, cr + 3 * cRow);
      c4x.intoArray(c, cr + 4 * cRow);
      c5x.intoArray(c, cr + 5 * cRow);
      c6x.intoArray(c, cr + 6 * cRow);
      c7x.intoArray(c, cr + 7 * cRow);
    }
  }
}
