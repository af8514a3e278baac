package espalier.kernels.cpu;

/** One element, in plain Java. */
final class ScalarTile1x1 implements ProductTile {
  @Override
  public int rows() {
    return 1;
  }

  @Override
  public int columns() {
    return 1;
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
    int aRow = at.aRow();
    int aTerm = at.aTerm();
    int bTerm = at.bTerm();
    int[] aRuns = at.aRuns();
    int[] bRuns = at.bRuns();
    int cRow = at.cRow();
    for (int t = 0; t < tiles; t++) {
      int ar = a0 + t * aRow;
      int cr = c0 + t * cRow;
      float cx = fresh ? 0 : c[cr];
      for (int run = 0; run < aRuns.length; run++) {
        int ao = ar + aRuns[run];
        int bo = b0 + bRuns[run];
        for (int i = 0; i < terms; i++) {
          int ai = ao + i * aTerm;
          int bi = bo + i * bTerm;
          cx = Math.fma(a[ai], b[bi], cx);
        }
      }
      c[cr] = cx;
    }
  }
}
