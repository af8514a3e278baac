package espalier.kernels.cpu;

/** Four rows by four columns, in plain Java. */
final class ScalarTile4x4 implements ProductTile {
  @Override
  public int rows() {
    return 4;
  }

  @Override
  public int columns() {
    return 4;
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
      float c0u = 0;
      float c0v = 0;
      float c0w = 0;
      float c0x = 0;
      float c1u = 0;
      float c1v = 0;
      float c1w = 0;
      float c1x = 0;
      float c2u = 0;
      float c2v = 0;
      float c2w = 0;
      float c2x = 0;
      float c3u = 0;
      float c3v = 0;
      float c3w = 0;
      float c3x = 0;
      if (!fresh) {
        c0u = c[cr];
        c0v = c[cr + 1];
        c0w = c[cr + 2];
        c0x = c[cr + 3];
        c1u = c[cr + cRow];
        c1v = c[cr + cRow + 1];
        c1w = c[cr + cRow + 2];
        c1x = c[cr + cRow + 3];
        c2u = c[cr + 2 * cRow];
        c2v = c[cr + 2 * cRow + 1];
        c2w = c[cr + 2 * cRow + 2];
        c2x = c[cr + 2 * cRow + 3];
        c3u = c[cr + 3 * cRow];
        c3v = c[cr + 3 * cRow + 1];
        c3w = c[cr + 3 * cRow + 2];
        c3x = c[cr + 3 * cRow + 3];
      }
      for (int run = 0; run < aRuns.length; run++) {
        int ao = ar + aRuns[run];
        int bo = b0 + bRuns[run];
        for (int i = 0; i < terms; i++) {
          int ai = ao + i * aTerm;
          int bi = bo + i * bTerm;
          float bu = b[bi];
          float bv = b[bi + 1];
          float bw = b[bi + 2];
          float bx = b[bi + 3];
          float a0x = a[ai];
          c0u = Math.fma(a0x, bu, c0u);
          c0v = Math.fma(a0x, bv, c0v);
          c0w = Math.fma(a0x, bw, c0w);
          c0x = Math.fma(a0x, bx, c0x);
          float a1x = a[ai + aRow];
          c1u = Math.fma(a1x, bu, c1u);
          c1v = Math.fma(a1x, bv, c1v);
          c1w = Math.fma(a1x, bw, c1w);
          c1x = Math.fma(a1x, bx, c1x);
          float a2x = a[ai + 2 * aRow];
          c2u = Math.fma(a2x, bu, c2u);
          c2v = Math.fma(a2x, bv, c2v);
          c2w = Math.fma(a2x, bw, c2w);
          c2x = Math.fma(a2x, bx, c2x);
          float a3x = a[ai + 3 * aRow];
          c3u = Math.fma(a3x, bu, c3u);
          c3v = Math.fma(a3x, bv, c3v);
          c3w = Math.fma(a3x, bw, c3w);
          c3x = Math.fma(a3x, bx, c3x);
        }
      }
      c[cr] = c0u;
      c[cr + 1] = c0v;
      c[cr + 2] = c0w;
      c[cr + 3] = c0x;
      c[cr + cRow] = c1u;
      c[cr + cRow + 1] = c1v;
      c[cr + cRow + 2] = c1w;
      c[cr + cRow + 3] = c1x;
      c[cr + 2 * cRow] = c2u;
      c[cr + 2 * cRow + 1] = c2v;
      c[cr + 2 * cRow + 2] = c2w;
      c[cr + 2 * cRow + 3] = c2x;
      c[cr + 3 * cRow] = c3u;
      c[cr + 3 * cRow + 1] = c3v;
      c[cr + 3 * cRow + 2] = c3w;
      c[cr + 3 * cRow + 3] = c3x;
    }
  }
}
