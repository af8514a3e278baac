package espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Compares the gradients of one application of an operation with central differences.
 *
 * <p>First order: of {@code L = Σ y·c} with respect to the operands x, where y are the outputs and
 * c fixed cotangents that keep terms from cancelling. Second order: of {@code M = Σ (∂L/∂x)·d} with
 * respect to x and to c, for the backward pass must be differentiable in what it is given, too.
 */
final class GradientCheck implements AutoCloseable {
  /** A power of two, so that x ± STEP loses nothing of STEP. */
  private static final double STEP = 0x1p-15;

  /** Of the norm: the differences are off by {@code f‴·STEP²/6}, and f‴ may be some hundreds. */
  private static final double RELATIVE = 1e-6;

  /** Rounding errors of f, in units of its last place, that a difference divides by its step. */
  private static final double ROUNDINGS = 64;

  private final OperatorCase operatorCase;
  private final Backend backend = Backends.open("reference", BackendOptions.threads(1));
  private final Session session = new Session(backend);
  private final Graph graph = new Graph();
  private final Map<String, double[]> feeds = new LinkedHashMap<>();
  private final List<Tensor> operands = new ArrayList<>();
  private final List<Tensor> cotangents = new ArrayList<>();
  private final Tensor weighted;

  GradientCheck(OperatorCase operatorCase) {
    this.operatorCase = operatorCase;
    for (OperatorCase.Input input : operatorCase.inputs()) {
      operands.add(feed("x" + operands.size(), input.shape(), input.values()));
    }
    List<Tensor> outputs = operatorCase.apply(operands);
    for (Tensor output : outputs) {
      cotangents.add(fixed("c" + cotangents.size(), output.shape()));
    }
    weighted = weightedSum(outputs, cotangents);
  }

  void firstOrder() {
    check(weighted, operands);
  }

  void secondOrder() {
    List<Tensor> gradients = Gradients.of(weighted, operands);
    List<Tensor> directions = new ArrayList<>();
    for (Tensor gradient : gradients) {
      directions.add(fixed("d" + directions.size(), gradient.shape()));
    }
    List<Tensor> arguments = new ArrayList<>(operands);
    arguments.addAll(cotangents);
    check(weightedSum(gradients, directions), arguments);
  }

  private Tensor feed(String name, Shape shape, double[] values) {
    feeds.put(name, values);
    return graph.feed(name, shape);
  }

  /** A feed of fixed numbers between 1 and 2 with signs that follow no simple period. */
  private Tensor fixed(String name, Shape shape) {
    int salt = feeds.size();
    double[] values =
        IntStream.range(0, shape.size())
            .mapToDouble(i -> 1 + fraction(i * 0.6180339887 + salt * 0.7548776662))
            .map(v -> fraction(v * 97.31) < 0.5 ? -v : v)
            .toArray();
    return feed(name, shape, values);
  }

  private static double fraction(double x) {
    return x - Math.floor(x);
  }

  private static Tensor weightedSum(List<Tensor> values, List<Tensor> weights) {
    Tensor sum = values.getFirst().mul(weights.getFirst()).sum();
    for (int i = 1; i < values.size(); i++) {
      sum = sum.add(values.get(i).mul(weights.get(i)).sum());
    }
    return sum;
  }

  private void check(Tensor function, List<Tensor> arguments) {
    List<Tensor> results = new ArrayList<>(Gradients.of(function, arguments));
    results.add(function);
    Executable analytic = compile(results);
    Executable value = compile(List.of(function));
    Values computed = run(analytic);
    double magnitude = 1 + Math.abs(computed.scalar(arguments.size()));
    List<double[]> gradients =
        IntStream.range(0, arguments.size()).mapToObj(computed::doubles).toList();
    int next = 0;
    for (Tensor argument : arguments) {
      double[] expected = differences(value, feeds.get(name(argument)));
      double[] found = gradients.get(next++);
      double bound =
          RELATIVE * Math.max(norm(expected), norm(found))
              + ROUNDINGS * Math.ulp(magnitude) / STEP * Math.sqrt(expected.length);
      assertThat(distance(expected, found))
          .as("%s, with respect to %s", operatorCase, name(argument))
          .isLessThanOrEqualTo(bound);
    }
  }

  private static String name(Tensor feed) {
    return feed.graph().feeds().entrySet().stream()
        .filter(entry -> entry.getValue() == feed)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Central differences of the scalar that {@code value} computes, one element at a time. */
  private double[] differences(Executable value, double[] argument) {
    double[] differences = new double[argument.length];
    for (int i = 0; i < argument.length; i++) {
      double kept = argument[i];
      argument[i] = kept + STEP;
      double above = run(value).scalar(0);
      argument[i] = kept - STEP;
      double below = run(value).scalar(0);
      argument[i] = kept;
      differences[i] = (above - below) / (2 * STEP);
    }
    return differences;
  }

  private Executable compile(List<Tensor> results) {
    return session.compile(new Computation(graph, results, Map.of()));
  }

  private Values run(Executable executable) {
    Map<String, HostData> data = new LinkedHashMap<>();
    for (String name : executable.program().feeds().keySet()) {
      data.put(
          name,
          name.equals(OperatorCase.INDICES)
              ? HostData.of(operatorCase.indices().orElseThrow().values())
              : HostData.of(feeds.get(name)));
    }
    return session.run(executable, data);
  }

  private static double norm(double[] values) {
    return distance(values, new double[values.length]);
  }

  private static double distance(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b);
    double squares = 0;
    for (int i = 0; i < a.length; i++) {
      squares += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(squares);
  }

  @Override
  public void close() {
    session.close();
    backend.close();
  }
}
