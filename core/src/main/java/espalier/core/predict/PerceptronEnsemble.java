package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.ArrayList;
import java.util.List;

/**
 * Multilayer perceptrons that differ in their first weights and in the order of the examples, as
 * BANANAS uses them [White, Neiswanger, Savani, AAAI 2021]. The deviation is that of their answers.
 *
 * @param members how many
 * @param widths of the hidden layers
 * @param epochs passes over the examples
 * @param rate of Adam's first step
 * @param seed of the weights and the orders
 */
public record PerceptronEnsemble(
    int members, List<Integer> widths, int epochs, double rate, long seed)
    implements UncertainPredictor<double[]> {
  private static final int BATCH = 32;

  public PerceptronEnsemble {
    widths = List.copyOf(widths);
    if (members < 1 || epochs < 1 || !(rate > 0) || widths.stream().anyMatch(w -> w < 1)) {
      throw new IllegalArgumentException(
          "perceptrons: %d members of widths %s, %d epochs at rate %s, expected 1 or more of each"
              .formatted(members, widths, epochs, rate));
    }
  }

  /** Five members with three hidden layers of 20, 200 epochs at 0.01. */
  public static PerceptronEnsemble standard(long seed) {
    return new PerceptronEnsemble(5, List.of(20, 20, 20), 200, 0.01, seed);
  }

  @Override
  public UncertainFit<double[]> fit(List<double[]> inputs, double[] targets) {
    double[][] rows = Examples.rows(inputs, targets);
    Standardised standard = Standardised.of(targets);
    Philox weights = Philox.of(seed, "perceptron weights");
    Philox orders = Philox.of(seed, "perceptron orders");
    List<Fit<double[]>> ensemble = new ArrayList<>();
    for (int member = 0; member < members; member++) {
      Perceptron perceptron = new Perceptron(rows[0].length, widths, weights.trial(member));
      perceptron.learn(inputs, standard.values(), epochs, BATCH, rate, orders.trial(member));
      ensemble.add(perceptron);
    }
    return input -> {
      Examples.requireLength(input, rows[0].length);
      return Ensemble.predict(ensemble, input, standard);
    };
  }
}
