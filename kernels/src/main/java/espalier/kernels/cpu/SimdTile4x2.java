package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Four rows by two vectors: for 16 vector registers, and for rows left over. */
final class SimdTile4x2 implements ProductTile {
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final FixedStrides FIXED = SimdWidths.strides(MethodHandles.lookup());

  @Override
  public int rows() {
    return 4;
  }

  @Override
  public int columns() {
    return 2 * LANES;
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
      int ar = a0 + t * 4 * aRow;
      int cr = c0 + t * 4 * cRow;
      FloatVector c0x = FloatVector.zero(F);
      FloatVector c0y = FloatVector.zero(F);
      FloatVector c1x = FloatVector.zero(F);
      FloatVector c1y = FloatVector.zero(F);
      FloatVector c2x = FloatVector.zero(F);
      FloatVector c2y = FloatVector.zero(F);
      FloatVector c3x = FloatVector.zero(F);
      FloatVector c3y = FloatVector.zero(F);
      if (!fresh) {
        c0x = FloatVector.fromArray(F, c, cr);
        c0y = FloatVector.fromArray(F, c, cr + LANES);
        c1x = FloatVector.fromArray(F, c, cr + cRow);
        c1y = FloatVector.fromArray(F, c, cr + cRow + LANES);
        c2x = FloatVector.fromArray(F, c, cr + 2 * cRow);
        c2y = FloatVector.fromArray(F, c, cr + 2 * cRow + LANES);
        c3x = FloatVector.fromArray(F, c, cr + 3 * cRow);
        c3y = FloatVector.fromArray(F, c, cr + 3 * cRow + LANES);
      }
      for (int run = 0; run < aRuns.length; run++) {
        int ao = ar + aRuns[run];
        int bo = b0 + bRuns[run];
        int i = 0;
        do {
          int ai = ao + i * aTerm;
          int bi = bo + i * bTerm;
          FloatVector bx = FloatVector.fromArray(F, b, bi);
          FloatVector by = FloatVector.fromArray(F, b, bi + LANES);
          FloatVector a0x = FloatVector.broadcast(F, a[ai]);
          c0x = a0x.lanewise(FMA, bx, c0x);
          c0y = a0x.lanewise(FMA, by, c0y);
          FloatVector a1x = FloatVector.broadcast(F, a[ai + aRow]);
          c1x = a1x.lanewise(FMA, bx, c1x);
          c1y = a1x.lanewise(FMA, by, c1y);
          FloatVector a2x = FloatVector.broadcast(F, a[ai + 2 * aRow]);
          c2x = a2x.lanewise(FMA, bx, c2x);
          c2y = a2x.lanewise(FMA, by, c2y);
          FloatVector a3x = FloatVector.broadcast(F, a[ai + 3 * aRow]);
          c3x = a3x.lanewise(FMA, bx, c3x);
          c3y = a3x.lanewise(FMA, by, c3y);
        } while (++i < terms);
      }
      c0x.intoArray(c, cr);
      c0y.intoArray(c, cr + LANES);
      c1x.intoArray(c, cr + cRow);
      c1y.intoArray(c, cr + cRow + LANES);
      c2x.intoArray(c, cr + 2 * cRow);
      c2y.intoArray(c, cr + 2 * cRow + LANES);
      c3x.intoArray(c, cr + 3 * cRow);
      c3y.intoArray(c, cr + 3 * cRow + LANES);
    }
  }
}
