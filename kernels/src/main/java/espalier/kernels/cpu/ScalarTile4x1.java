package espalier.kernels.cpu;

/** Four rows by one column, in plain Java. */
final class ScalarTile4x1 implements ProductTile {
  @Override
  public int rows() {
    return 4;
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
      int ar = a0 + t * 4 * aRow;
      int cr = c0 + t * 4 * cRow;
      float c0x = 0;
      float c1x = 0;
      float c2x = 0;
      float c3x = 0;
      if (!fresh) {
        c0x = c[cr];
        c1x = c[cr + cRow];
        c2x = c[cr + 2 * cRow];
        c3x = c[cr + 3 * cRow];
      }
      for (int run = 0; run < aRuns.length; run++) {
        int ao = ar + aRuns[run];
        int bo = b0 + bRuns[run];
        for (int i = 0; i < terms; i++) {
          int ai = ao + i * aTerm;
          int bi = bo + i * bTerm;
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
      c[cr] = c0x;
      c[cr + cRow] = c1x;
      c[cr + 2 * cRow] = c2x;
      c[cr + 3 * cRow] = c3x;
    }
  }
}
