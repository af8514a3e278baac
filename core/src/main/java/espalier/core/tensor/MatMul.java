package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;
import java.util.OptionalInt;

/** Matrix product of a [m, k] and b [k, n], either of them stored transposed. */
public record MatMul(boolean transposeA, boolean transposeB) implements Op {
  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public OptionalInt arity() {
    return OptionalInt.of(2);
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    if (a.rank() != 2 || b.rank() != 2 || inner(a, transposeA) != inner(b, !transposeB)) {
      throw new IllegalArgumentException(
          "matmul: cannot multiply %s%s by %s%s"
              .formatted(a, transposeA ? " transposed" : "", b, transposeB ? " transposed" : ""));
    }
    return List.of(Shape.of(inner(a, !transposeA), inner(b, transposeB)));
  }

  /** Extent of the second axis, or of the first where transposed. */
  private static int inner(Shape shape, boolean transposed) {
    return shape.get(transposed ? 0 : 1);
  }

  @Override
  public void backward(Backward pass) {
    Tensor g = pass.gradient();
    Tensor a = pass.input(0);
    Tensor b = pass.input(1);
    pass.add(0, () -> transposeA ? b.matmul(g, transposeB, true) : g.matmul(b, false, !transposeB));
    pass.add(1, () -> transposeB ? g.matmul(a, true, transposeA) : a.matmul(g, !transposeA, false));
  }

  @Override
  public void lower(Lowering to) {
    Shape c = to.outputShape(0);
    to.emit(
        new Call.Gemm(
            c.get(0),
            c.get(1),
            inner(to.inputShape(0), transposeA),
            transposeA,
            transposeB,
            to.input(0),
            to.input(1),
            to.output(0)));
  }

  @Override
  public long multiplyAccumulates(List<Shape> inputs) {
    Shape c = infer(inputs).getFirst();
    return (long) c.size() * inner(inputs.get(0), transposeA);
  }
}
