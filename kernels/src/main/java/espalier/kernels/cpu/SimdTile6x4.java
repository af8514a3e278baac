package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Six rows by four vectors: for 32 vector registers. */
final class SimdTile6x4 implements ProductTile {
  /*
   * Twenty-four accumulators stay in registers; a step loads four vectors of b and broadcasts six
   * numbers of a. Each broadcast costs about as much as half a multiplication, so a number that is
   * used four times is cheap.
   */
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final FixedStrides FIXED = SimdWidths.strides(MethodHandles.lookup());

  @Override
  public int rows() {
    return 6;
  }

  @Override
  public int columns() {
    return 4 * LANES;
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
      int ar = a0 + t * 6 * aRow;
      int cr = c0 + t * 6 * cRow;
      FloatVector c0x = FloatVector.zero(F);
      FloatVector c0y = FloatVector.zero(F);
      FloatVector c0z = FloatVector.zero(F);
      FloatVector c0w = FloatVector.zero(F);
      FloatVector c1x = FloatVector.zero(F);
      FloatVector c1y = FloatVector.zero(F);
      FloatVector c1z = FloatVector.zero(F);
      FloatVector c1w = FloatVector.zero(F);
      FloatVector c2x = FloatVector.zero(F);
      FloatVector c2y = FloatVector.zero(F);
      FloatVector c2z = FloatVector.zero(F);
      FloatVector c2w = FloatVector.zero(F);
      FloatVector c3x = FloatVector.zero(F);
      FloatVector c3y = FloatVector.zero(F);
      FloatVector c3z = FloatVector.zero(F);
      FloatVector c3w = FloatVector.zero(F);
      FloatVector c4x = FloatVector.zero(F);
      FloatVector c4y = FloatVector.zero(F);
      FloatVector c4z = FloatVector.zero(F);
      FloatVector c4w = FloatVector.zero(F);
      FloatVector c5x = FloatVector.zero(F);
      FloatVector c5y = FloatVector.zero(F);
      FloatVector c5z = FloatVector.zero(F);
      FloatVector c5w = FloatVector.zero(F);
      if (!fresh) {
        c0x = FloatVector.fromArray(F, c, cr);
        c0y = FloatVector.fromArray(F, c, cr + LANES);
        c0z = FloatVector.fromArray(F, c, cr + 2 * LANES);
        c0w = FloatVector.fromArray(F, c, cr + 3 * LANES);
        c1x = FloatVector.fromArray(F, c, cr + cRow);
        c1y = FloatVector.fromArray(F, c, cr + cRow + LANES);
        c1z = FloatVector.fromArray(F, c, cr + cRow + 2 * LANES);
        c1w = FloatVector.fromArray(F, c, cr + cRow + 3 * LANES);
        c2x = FloatVector.fromArray(F, c, cr + 2 * cRow);
        c2y = FloatVector.fromArray(F, c, cr + 2 * cRow + LANES);
        c2z = FloatVector.fromArray(F, c, cr + 2 * cRow + 2 * LANES);
        c2w = FloatVector.fromArray(F, c, cr + 2 * cRow + 3 * LANES);
        c3x = FloatVector.fromArray(F, c, cr + 3 * cRow);
        c3y = FloatVector.fromArray(F, c, cr + 3 * cRow + LANES);
        c3z = FloatVector.fromArray(F, c, cr + 3 * cRow + 2 * LANES);
        c3w = FloatVector.fromArray(F, c, cr + 3 * cRow + 3 * LANES);
        c4x = FloatVector.fromArray(F, c, cr + 4 * cRow);
        c4y = FloatVector.fromArray(F, c, cr + 4 * cRow + LANES);
        c4z = FloatVector.fromArray(F, c, cr + 4 * cRow + 2 * LANES);
        c4w = FloatVector.fromArray(F, c, cr + 4 * cRow + 3 * LANES);
        c5x = FloatVector.fromArray(F, c, cr + 5 * cRow);
        c5y = FloatVector.fromArray(F, c, cr + 5 * cRow + LANES);
        c5z = FloatVector.fromArray(F, c, cr + 5 * cRow + 2 * LANES);
        c5w = FloatVector.fromArray(F, c, cr + 5 * cRow + 3 * LANES);
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
          FloatVector bz = FloatVector.fromArray(F, b, bi + 2 * LANES);
          FloatVector bw = FloatVector.fromArray(F, b, bi + 3 * LANES);
          FloatVector a0x = FloatVector.broadcast(F, a[ai]);
          c0x = a0x.lanewise(FMA, bx, c0x);
          c0y = a0x.lanewise(FMA, by, c0y);
          c0z = a0x.lanewise(FMA, bz, c0z);
          c0w = a0x.lanewise(FMA, bw, c0w);
          FloatVector a1x = FloatVector.broadcast(F, a[ai + aRow]);
          c1x = a1x.lanewise(FMA, bx, c1x);
          c1y = a1x.lanewise(FMA, by, c1y);
          c1z = a1x.lanewise(FMA, bz, c1z);
          c1w = a1x.lanewise(FMA, bw, c1w);
          FloatVector a2x = FloatVector.broadcast(F, a[ai + 2 * aRow]);
          c2x = a2x.lanewise(FMA, bx, c2x);
          c2y = a2x.lanewise(FMA, by, c2y);
          c2z = a2x.lanewise(FMA, bz, c2z);
          c2w = a2x.lanewise(FMA, bw, c2w);
          FloatVector a3x = FloatVector.broadcast(F, a[ai + 3 * aRow]);
          c3x = a3x.lanewise(FMA, bx, c3x);
          c3y = a3x.lanewise(FMA, by, c3y);
          c3z = a3x.lanewise(FMA, bz, c3z);
          c3w = a3x.lanewise(FMA, bw, c3w);
          FloatVector a4x = FloatVector.broadcast(F, a[ai + 4 * aRow]);
          c4x = a4x.lanewise(FMA, bx, c4x);
          c4y = a4x.lanewise(FMA, by, c4y);
          c4z = a4x.lanewise(FMA, bz, c4z);
          c4w = a4x.lanewise(FMA, bw, c4w);
          FloatVector a5x = FloatVector.broadcast(F, a[ai + 5 * aRow]);
          c5x = a5x.lanewise(FMA, bx, c5x);
          c5y = a5x.lanewise(FMA, by, c5y);
          c5z = a5x.lanewise(FMA, bz, c5z);
          c5w = a5x.lanewise(FMA, bw, c5w);
        } while (++i < terms);
      }
      c0x.intoArray(c, cr);
      c0y.intoArray(c, cr + LANES);
      c0z.intoArray(c, cr + 2 * LANES);
      c0w.intoArray(c, cr + 3 * LANES);
      c1x.intoArray(c, cr + cRow);
      c1y.intoArray(c, cr + cRow + LANES);
      c1z.intoArray(c, cr + cRow + 2 * LANES);
      c1w.intoArray(c, cr + cRow + 3 * LANES);
      c2x.intoArray(c, cr + 2 * cRow);
      c2y.intoArray(c, cr + 2 * cRow + LANES);
      c2z.intoArray(c, cr + 2 * cRow + 2 * LANES);
      c2w.intoArray(c, cr + 2 * cRow + 3 * LANES);
      c3x.intoArray(c, cr + 3 * cRow);
      c3y.intoArray(c, cr + 3 * cRow + LANES);
      c3z.intoArray(c, cr + 3 * cRow + 2 * LANES);
      c3w.intoArray(c, cr + 3 * cRow + 3 * LANES);
      c4x.intoArray(c, cr + 4 * cRow);
      c4y.intoArray(c, cr + 4 * cRow + LANES);
      c4z.intoArray(c, cr + 4 * cRow + 2 * LANES);
      c4w.intoArray(c, cr + 4 * cRow + 3 * LANES);
      c5x.intoArray(c, cr + 5 * cRow);
      c5y.intoArray(c, cr + 5 * cRow + LANES);
      c5z.intoArray(c, cr + 5 * cRow + 2 * LANES);
      c5w.intoArray(c, cr + 5 * cRow + 3 * LANES);
    }
  }
}
