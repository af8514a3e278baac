package espalier.supernet;

import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.random.Philox;
import espalier.core.supernet.BilevelSteps;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Optimizer;
import espalier.core.train.Sgd;
import espalier.core.train.TaskGraphs;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/**
 * The gradient of the validation loss after one unrolled weight step with respect to α, worked out
 * in two ways at one state of a supernet: by the engine, and by the paper's finite differences [Liu
 * et al. 2019, equations 7 and 8].
 */
final class UnrolledGradient implements AutoCloseable {
  private static final String GRADIENT = "gradient";

  /** Keeps the gradient and changes nothing, so that a step of α tells what it would follow. */
  private record KeepGradient() implements Optimizer {
    @Override
    public String name() {
      return "keep";
    }

    @Override
    public Tensor step(Slots slots, Tensor parameter, Tensor gradient, Tensor learningRate) {
      slots.read(GRADIENT, parameter.shape(), 0);
      slots.assign(GRADIENT, gradient);
      return parameter;
    }
  }

  /** A loss's gradients with respect to all variables. */
  private record Slope(Executable executable, List<String> names) {
    static Slope of(Session session, Graph graph, Scope scope, Tensor loss) {
      Map<String, Tensor> parameters = TaskGraphs.trainable(scope);
      List<Tensor> gradients = Gradients.of(loss, new ArrayList<>(parameters.values()));
      Computation computation = new Computation(graph, gradients, Map.of());
      return new Slope(session.compile(computation), List.copyOf(parameters.keySet()));
    }
  }

  /**
   * The two terms of the second-order gradient.
   *
   * @param direct {@code ∇α L_val(w′, α)}
   * @param implicit what finite differences take for {@code ∇²αw L_train · ∇w′ L_val(w′, α)}
   */
  record Terms(double[] direct, double[] implicit, double xi) {
    double[] gradient() {
      return zip(direct, implicit, (d, i) -> d - xi * i);
    }
  }

  private final BatchProblem problem;
  private final Session session;
  private final BilevelSteps steps;
  private final Executable weightStep;
  private final Executable architectureStep;
  private final Slope train;
  private final Slope valid;
  private final Map<String, HostData> feeds = new LinkedHashMap<>();

  UnrolledGradient(
      Backend backend, BatchProblem problem, Sgd sgd, double clip, BilevelSteps.Order order) {
    this.problem = problem;
    this.session = new Session(backend);
    this.steps = BilevelSteps.of(problem, sgd, clip, new KeepGradient(), order);
    for (Parameter variable : steps.variables()) {
      float[] values = variable.initializer().values(variable.shape(), variable.name(), 5);
      session.declare(variable.name(), variable.shape(), HostData.of(values));
    }
    this.weightStep = session.compile(steps.weights());
    this.architectureStep = session.compile(steps.architecture());
    Graph trainGraph = new Graph();
    Scope trainScope = Scope.root(trainGraph, Scope.Mode.TRAINING);
    this.train = Slope.of(session, trainGraph, trainScope, problem.trainLoss(trainScope));
    Graph validGraph = new Graph();
    Scope validScope = Scope.root(validGraph, Scope.Mode.TRAINING);
    this.valid = Slope.of(session, validGraph, validScope, problem.validLoss(validScope));
    feed(BatchProblem.TRAIN);
    feed(BatchProblem.VALID);
  }

  private void feed(String part) {
    Shape images = problem.images();
    Philox random = Philox.of(11, part);
    float[] pixels = new float[images.size()];
    random.normals(0, pixels, 0, pixels.length);
    int[] labels = new int[images.get(0)];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    feeds.put(part, HostData.of(pixels));
    feeds.put(part + BatchProblem.LABELS, HostData.of(labels));
  }

  /** The steps that were built. */
  BilevelSteps steps() {
    return steps;
  }

  /** Trains the weights, so that momentum is not zero. */
  void train(int count, double rate) {
    feeds.put(BilevelSteps.WEIGHT_RATE, HostData.of(rate));
    for (int s = 0; s < count; s++) {
      session.run(weightStep, wanted(weightStep));
    }
  }

  /** Makes α uneven, so that operations differ in weight. */
  void spreadArchitecture() {
    for (String name : architecture()) {
      float[] values = new float[session.read(name).length];
      Philox.of(13, name).normals(0, values, 0, values.length);
      session.write(name, HostData.of(values));
    }
  }

  /** What the engine follows, for a step of length ξ. */
  double[] exact(double xi) {
    feeds.put(BilevelSteps.UNROLLED_RATE, HostData.of(xi));
    session.run(architectureStep, wanted(architectureStep));
    return concat(
        architecture().stream()
            .map(name -> session.readDoubles("architecture_optimizer/" + name + "/" + GRADIENT))
            .toList());
  }

  /**
   * What the paper's rule follows where the unrolled step is one of {@code sgd}, without clipping,
   * and differences are {@code epsilon / ‖v‖} times v wide.
   */
  Terms finiteDifferences(Sgd sgd, double xi, double epsilon) {
    Map<String, double[]> w = weights();
    Map<String, double[]> gradient = gradients(train);
    Map<String, double[]> stepped = new LinkedHashMap<>();
    w.forEach((name, values) -> {
      double[] momentum = session.readDoubles("optimizer/" + name + "/momentum");
      double[] velocity = zip(momentum, gradient.get(name), (m, g) -> sgd.momentum() * m + g);
      double[] decayed = zip(velocity, values, (v, x) -> v + sgd.weightDecay() * x);
      stepped.put(name, zip(values, decayed, (x, d) -> x - xi * d));
    });
    write(stepped);
    Map<String, double[]> v = gradients(valid);
    double[] direct = concat(architecture().stream().map(v::get).toList());
    double width = epsilon / norm(concat(w.keySet().stream().map(v::get).toList()));
    double[] plus = architectureSlopeAt(w, v, width);
    double[] minus = architectureSlopeAt(w, v, -width);
    write(w);
    return new Terms(direct, zip(plus, minus, (p, m) -> (p - m) / (2 * width)), xi);
  }

  private double[] architectureSlopeAt(
      Map<String, double[]> w, Map<String, double[]> v, double width) {
    Map<String, double[]> moved = new LinkedHashMap<>();
    w.forEach((name, x) -> moved.put(name, zip(x, v.get(name), (a, b) -> a + width * b)));
    write(moved);
    Map<String, double[]> gradients = gradients(train);
    return concat(architecture().stream().map(gradients::get).toList());
  }

  private List<String> architecture() {
    return train.names().stream().filter(problem::isArchitecture).toList();
  }

  private Map<String, double[]> weights() {
    Map<String, double[]> weights = new LinkedHashMap<>();
    for (String name : train.names()) {
      if (!problem.isArchitecture(name)) {
        weights.put(name, session.readDoubles(name));
      }
    }
    return weights;
  }

  private void write(Map<String, double[]> values) {
    values.forEach((name, x) -> session.write(name, HostData.of(x)));
  }

  private Map<String, double[]> gradients(Slope slope) {
    Values values = session.run(slope.executable(), wanted(slope.executable()));
    Map<String, double[]> gradients = new LinkedHashMap<>();
    for (String name : slope.names()) {
      gradients.put(name, values.doubles(gradients.size()));
    }
    return gradients;
  }

  private Map<String, HostData> wanted(Executable executable) {
    Map<String, HostData> wanted = new LinkedHashMap<>(feeds);
    wanted.keySet().retainAll(executable.program().feeds().keySet());
    return wanted;
  }

  static double[] zip(double[] a, double[] b, DoubleBinaryOperator f) {
    double[] result = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = f.applyAsDouble(a[i], b[i]);
    }
    return result;
  }

  static double norm(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /** {@code ‖a − b‖ / ‖scale‖}. */
  static double distance(double[] a, double[] b, double[] scale) {
    return norm(zip(a, b, (x, y) -> x - y)) / norm(scale);
  }

  private static double[] concat(List<double[]> parts) {
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @Override
  public void close() {
    session.close();
  }
}
