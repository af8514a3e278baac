package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight rows by two vectors: for 32 vector registers, channels, and columns too few for four
 * vectors.
 */
final class SimdTile8x2 implements ProductTile {
  /* The loop over terms is no counted one, as in SimdTile10x2 and for its reason. */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final FixedStrides FIXED = SimdWidths.strides(MethodHandles.lookup());

  @Override
  public int rows() {
    return 8;
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
    int bRun = terms * bTerm;
    int[] aRuns = at.aRuns();
    int[] bRuns = at.bRuns();
    int cRow = FIXED.cRow(at);
    for (int t = 0; t < tiles; t++) {
      int ar = a0 + t * 8 * aRow;
      int cr = c0 + t * 8 * cRow;
      FloatVector c0x = FloatVector.zero(F);
      FloatVector c0y = FloatVector.zero(F);
      FloatVector c1x = FloatVector.zero(F);
      FloatVector c1y = FloatVector.zero(F);
      FloatVector c2x = FloatVector.zero(F);
      FloatVector c2y = FloatVector.zero(F);
      FloatVector c3x = FloatVector.zero(F);
      FloatVector c3y = FloatVector.zero(F);
      FloatVector c4x = FloatVector.zero(F);
      FloatVector c4y = FloatVector.zero(F);
      FloatVector c5x = FloatVector.zero(F);
      FloatVector c5y = FloatVector.zero(F);
      FloatVector c6x = FloatVector.zero(F);
      FloatVector c6y = FloatVector.zero(F);
      FloatVector c7x = FloatVector.zero(F);
      FloatVector c7y = FloatVector.zero(F);
      if (!fresh) {
        c0x = FloatVector.fromArray(F, c, cr);
        c0y = FloatVector.fromArray(F, c, cr + LANES);
        c1x = FloatVector.fromArray(F, c, cr + cRow);
        c1y = FloatVector.fromArray(F, c, cr + cRow + LANES);
        c2x = FloatVector.fromArray(F, c, cr + 2 * cRow);
        c2y = FloatVector.fromArray(F, c, cr + 2 * cRow + LANES);
        c3x = FloatVector.fromArray(F, c, cr + 3 * cRow);
        c3y = FloatVector.fromArray(F, c, cr + 3 * cRow + LANES);
        c4x = FloatVector.fromArray(F, c, cr + 4 * cRow);
        c4y = FloatVector.fromArray(F, c, cr + 4 * cRow + LANES);
        c5x = FloatVector.fromArray(F, c, cr + 5 * cRow);
        c5y = FloatVector.fromArray(F, c, cr + 5 * cRow + LANES);
        c6x = FloatVector.fromArray(F, c, cr + 6 * cRow);
        c6y = FloatVector.fromArray(F, c, cr + 6 * cRow + LANES);
        c7x = FloatVector.fromArray(F, c, cr + 7 * cRow);
        c7y = FloatVector.fromArray(F, c, cr + 7 * cRow + LANES);
      }
      for (int run = 0; run < aRuns.length; run++) {
        int ai = ar + aRuns[run];
        int bi = b0 + bRuns[run];
        int end = bi + bRun;
        do {
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
          FloatVector a4x = FloatVector.broadcast(F, a[ai + 4 * aRow]);
          c4x = a4x.lanewise(FMA, bx, c4x);
          c4y = a4x.lanewise(FMA, by, c4y);
          FloatVector a5x = FloatVector.broadcast(F, a[ai + 5 * aRow]);
          c5x = a5x.lanewise(FMA, bx, c5x);
          c5y = a5x.lanewise(FMA, by, c5y);
          FloatVector a6x = FloatVector.broadcast(F, a[ai + 6 * aRow]);
          c6x = a6x.lanewise(FMA, bx, c6x);
          c6y = a6x.lanewise(FMA, by, c6y);
          FloatVector a7x = FloatVector.broadcast(F, a[ai + 7 * aRow]);
          c7x = a7x.lanewise(FMA, bx, c7x);
          c7y = a7x.lanewise(FMA, by, c7y);
          ai += aTerm;
          bi += bTerm;
        } while (bi != end);
      }
      c0x.intoArray(c, cr);
      c0y.intoArray(c, cr + LANES);
      c1x.intoArray(c, cr + cRow);
      c1y.intoArray(c, cr + cRow + LANES);
      c2x.intoArray(c, cr + 2 * cRow);
      c2y.intoArray(c, cr + 2 * cRow + LANES);
      c3x.intoArray(c, cr + 3 * cRow);
      c3y.intoArray(c, cr + 3 * cRow + LANES);
      c4x.intoArray(c, cr + 4 * cRow);
      c4y.intoArray(c, cr + 4 * cRow + LANES);
      c5x.intoArray(c, cr + 5 * cRow);
      c5y.intoArray(c, cr + 5 * cRow + LANES);
      c6x.intoArray(c, cr + 6 * cRow);
      c6y.intoArray(c, cr + 6 * cRow + LANES);
      c7x.intoArray(c, cr + 7 * cRow);
      c7y.intoArray(c, cr + 7 * cRow + LANES);
    }
  }
}
