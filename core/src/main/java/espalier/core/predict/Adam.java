package espalier.core.predict;

import java.util.Arrays;
import java.util.List;

/** Steps against gradients, each value at its own pace [Kingma and Ba: Adam, 2015]. */
final class Adam {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final List<Dense> layers;

  /** Running means of the gradients and of their squares, for each layer. */
  private final List<double[]> means;

  private final List<double[]> squares;
  private int steps;

  Adam(List<Dense> layers) {
    this.layers = layers;
    this.means = layers.stream().map(layer -> new double[layer.values().length]).toList();
    this.squares = layers.stream().map(layer -> new double[layer.values().length]).toList();
  }

  /** One step of all layers; their gradients are 0 afterwards. */
  void step(double rate) {
    steps++;
    double unbiased =
        Math.sqrt(1 - StrictMath.pow(BETA_2, steps)) / (1 - StrictMath.pow(BETA_1, steps));
    for (int i = 0; i < layers.size(); i++) {
      step(layers.get(i), means.get(i), squares.get(i), rate * unbiased);
    }
  }

  private static void step(Dense layer, double[] means, double[] squares, double size) {
    double[] values = layer.values();
    double[] gradients = layer.gradients();
    for (int k = 0; k < values.length; k++) {
      means[k] += (1 - BETA_1) * (gradients[k] - means[k]);
      squares[k] += (1 - BETA_2) * (gradients[k] * gradients[k] - squares[k]);
      values[k] -= size * means[k] / (Math.sqrt(squares[k]) + EPSILON);
    }
    Arrays.fill(gradients, 0);
  }
}
