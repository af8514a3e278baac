package espalier.kernels.reference;

import espalier.kernels.spi.Call;

/** Matrix product. */
final class ReferenceGemm {
  private ReferenceGemm() {}

  static void run(Call.Gemm call, Operands operands) {
    int m = call.m();
    int n = call.n();
    int k = call.k();
    DoubleCells a = operands.numbers(call.a(), m * k);
    DoubleCells b = operands.numbers(call.b(), k * n);
    DoubleCells c = operands.numbers(call.c(), m * n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          double left = a.get(call.transposeA() ? l * m + i : i * k + l);
          double right = b.get(call.transposeB() ? j * k + l : l * n + j);
          sum += left * right;
        }
        c.set(i * n + j, sum);
      }
    }
  }
}
