package espalier.kernels.cpu;

/** One row by four columns or one, in plain Java. */
final class ScalarTile1 implements ProductTile {
  @Override
  public int rows() {
    return 1;
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
    int aInner = at.aInner();
    int bInner = at.bInner();
    float c0u = 0;
    float c0v = 0;
    float c0w = 0;
    float c0x = 0;
    if (!fresh) {
      c0u = c[c0];
      c0v = c[c0 + 1];
      c0w = c[c0 + 2];
      c0x = c[c0 + 3];
    }
    for (int o = 0; o < outer; o++) {
      int ao = a0 + o * at.aOuter();
      int bo = b0 + o * at.bOuter();
      for (int i = 0; i < inner; i++) {
        int ai = ao + i * aInner;
        int bi = bo + i * bInner;
        float bu = b[bi];
        float bv = b[bi + 1];
        float bw = b[bi + 2];
        float bx = b[bi + 3];
        float a0x = a[ai];
        c0u = Math.fma(a0x, bu, c0u);
        c0v = Math.fma(a0x, bv, c0v);
        c0w = Math.fma(a0x, bw, c0w);
        c0x = Math.fma(a0x, bx, c0x);
      }
    }
    c[c0] = c0u;
    c[c0 + 1] = c0v;
    c[c0 + 2] = c0w;
    c[c0 + 3] = c0x;
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
    int aInner = at.aInner();
    int bInner = at.bInner();
    float c0x = 0;
    if (!fresh) {
      c0x = c[c0];
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
      }
    }
    c[c0] = c0x;
  }
}
