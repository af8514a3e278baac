package espalier.bench;

import espalier.kernels.spi.Call;

/** One of the four kernel calls of a product of square matrices. */
public record ProductCall(int n, boolean transposeA, boolean transposeB) implements CallWork {
  private static final int SMALL = 200;

  @Override
  public String label() {
    return "gemm %d%s%s"
        .formatted(n, transposeA ? ", a transposed" : "", transposeB ? ", b transposed" : "");
  }

  @Override
  public Call call(CallProgram program) {
    int elements = Math.multiplyExact(n, n);
    return new Call.Gemm(
        n,
        n,
        n,
        transposeA,
        transposeB,
        program.input("a", elements),
        program.input("b", elements),
        program.output("c", elements));
  }

  @Override
  public double operations() {
    return 2.0 * n * n * n;
  }

  @Override
  public ProductCall small() {
    return new ProductCall(Math.min(n, SMALL), transposeA, transposeB);
  }

  @Override
  public double tolerance(String answer) {
    return Rounding.ofSums(n);
  }
}
