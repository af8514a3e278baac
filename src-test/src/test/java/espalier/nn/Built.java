package espalier.nn;

import espalier.core.nn.Layer;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Trainer;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer on one input {@code x}, run once on the reference backend: its output, and its variables
 * after the updates of a weight step.
 */
public record Built(double[] output, Shape shape, Map<String, double[]> variables) {

  /** What a run needs beside the input; random numbers are keyed by seed and step. */
  public record Setting(
      Scope.Mode mode,
      Map<String, double[]> variables,
      Map<String, Double> numbers,
      long seed,
      long step) {

    public static Setting training(Map<String, double[]> variables) {
      return new Setting(Scope.Mode.TRAINING, variables, Map.of(), 1, 0);
    }

    public static Setting inference(Map<String, double[]> variables) {
      return new Setting(Scope.Mode.INFERENCE, variables, Map.of(), 1, 0);
    }

    public Setting at(long otherSeed, long otherStep) {
      return new Setting(mode, variables, numbers, otherSeed, otherStep);
    }

    public Setting feeding(String name, double number) {
      return new Setting(mode, variables, Map.of(name, number), seed, step);
    }
  }

  /** Runs {@code layer}; variables without a value have their initial one. */
  public static Built run(Layer layer, Shape shape, double[] x, Setting setting) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, setting.mode());
    Tensor y = layer.apply(scope, graph.feed("x", shape));
    Map<String, HostData> feeds = new LinkedHashMap<>();
    feeds.put("x", HostData.of(x));
    setting
        .numbers()
        .forEach((name, number) -> feeds.put(name, HostData.of(new double[] {number})));
    feeds.put(Scope.RANDOM_KEY, Trainer.randomKey(setting.seed(), setting.step()));
    feeds.keySet().retainAll(graph.feeds().keySet());
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      for (Parameter variable : scope.parameters().values()) {
        double[] value = setting.variables().get(variable.name());
        session.declare(
            variable.name(),
            variable.shape(),
            value == null
                ? HostData.of(variable.initializer().values(variable.shape(), variable.name(), 1))
                : HostData.of(value));
      }
      Values values =
          session.run(session.compile(new Computation(graph, List.of(y), scope.updates())), feeds);
      double[] output = values.doubles(0);
      Map<String, double[]> after = new LinkedHashMap<>();
      scope.parameters().keySet().forEach(name -> after.put(name, session.readDoubles(name)));
      return new Built(output, y.shape(), after);
    }
  }

  /** Numbers between −1 and 1 that look random and are not. */
  public static double[] numbers(int count, double phase) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = StrictMath.sin(phase + 12.9898 * (i + 1));
    }
    return numbers;
  }
}
