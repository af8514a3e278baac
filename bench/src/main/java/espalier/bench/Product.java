package espalier.bench;

import espalier.core.nn.Initializer;
import espalier.core.nn.Parameter;
import espalier.core.plan.Computation;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Product of two square matrices of extent {@code n}. */
public record Product(int n) implements Row.InSession {
  /** The left operand. */
  public static final String A = "a";

  /** The right operand. */
  public static final String B = "b";

  /** The product. */
  public static final String C = "c";

  private static final int SMALL = 200;

  @Override
  public String label() {
    return "gemm " + n;
  }

  @Override
  public Cost cost() {
    return Cost.of((double) n * n * n, 3.0 * n * n);
  }

  @Override
  public Product small() {
    return new Product(Math.min(n, SMALL));
  }

  @Override
  public double tolerance(String answer) {
    return Rounding.ofSums(n);
  }

  @Override
  public Assembly assembly() {
    Graph graph = new Graph();
    Shape shape = Shape.of(n, n);
    Tensor c = graph.variable(A, shape).matmul(graph.variable(B, shape));
    Initializer normal = new Initializer.Normal(1);
    return new Assembly(
        List.of(
            new Parameter(A, shape, normal, false, false),
            new Parameter(B, shape, normal, false, false)),
        List.of(new Assembly.Phase(Computation.of(c), List.of(C), Map.of())),
        List.of());
  }
}
