package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** One row by two vectors: for products of few rows. */
final class SimdTile1x2 implements ProductTile {
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final FixedStrides FIXED = SimdWidths.strides(MethodHandles.lookup());

  @Override
  public int rows() {
    return 1;
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
      int ar = a0 + t * aRow;
      int cr = c0 + t * cRow;
      FloatVector cx = FloatVector.zero(F);
      FloatVector cy = FloatVector.zero(F);
      if (!fresh) {
        cx = FloatVector.fromArray(F, c, cr);
        cy = FloatVector.fromArray(F, c, cr + LANES);
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
          FloatVector av = FloatVector.broadcast(F, a[ai]);
          cx = av.lanewise(FMA, bx, cx);
          cy = av.lanewise(FMA, by, cy);
        } while (++i < terms);
      }
      cx.intoArray(c, cr);
      cy.intoArray(c, cr + LANES);
    }
  }
}
