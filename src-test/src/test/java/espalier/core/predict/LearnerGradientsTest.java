package espalier.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.random.Philox;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Nb201Space;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The gradients of the small networks are central differences of their error. It lies in the
 * networks' package because nobody else may see their weights.
 */
final class LearnerGradientsTest {
  private static final double STEP = 1e-6;
  private static final double SEEN_JUMP = 1e-4;
  private static final double TARGET = 0.7;

  @Property(tries = 20, seed = "71")
  void ofPerceptrons(@ForAll long seed) {
    Philox random = Philox.of(seed, "perceptron");
    Perceptron perceptron = new Perceptron(4, List.of(6, 5), random.trial(0));
    double[][] inputs = new double[8][4];
    for (int i = 0; i < inputs.length; i++) {
      for (int j = 0; j < 4; j++) {
        inputs[i][j] = random.trial(i + 1).normal(j);
      }
    }
    areCentralDifferences(perceptron, List.of(inputs), random);
  }

  @Property(tries = 20, seed = "72")
  void ofGraphNetworks(@ForAll long seed) {
    Philox random = Philox.of(seed, "graph network");
    List<String> vocabulary =
        List.of("avg_pool_3x3", "input0", "nor_conv_1x1", "nor_conv_3x3", "output");
    GraphNetwork network = new GraphNetwork(vocabulary.size(), 3, 5, random.trial(0));
    List<GraphNetwork.Sample> samples =
        List.of(1, 2, 3, 4).stream()
            .map(trial -> Nb201Space.standard().sample(random.trial(trial)))
            .map(cell -> GraphNetwork.Sample.of(LabelledGraph.of(cell), vocabulary))
            .toList();
    areCentralDifferences(network, samples, random);
  }

  /**
   * After some learning, so that weights have moved since they were drawn. In one weight the error
   * is a polynomial between kinks, and its second difference shows a kink within the step by the
   * jump of the slope. A jump too small to be seen moves the central difference by half of it;
   * rounding, an ulp of the error over the step, is far less.
   */
  private static <X> void areCentralDifferences(Learner<X> learner, List<X> inputs, Philox random) {
    learner.learn(inputs, new double[inputs.size()], 3, 3, 0.05, random.trial(99));
    learner.backward(inputs.subList(0, 2), new double[] {TARGET, TARGET});
    int compared = 0;
    for (Dense layer : learner.layers()) {
      for (int k = 0; k < layer.values().length; k++) {
        double here = error(learner, inputs);
        double value = layer.values()[k];
        layer.values()[k] = value + STEP;
        double above = error(learner, inputs);
        layer.values()[k] = value - STEP;
        double below = error(learner, inputs);
        layer.values()[k] = value;
        double jump = Math.abs(above - 2 * here + below) / STEP;
        if (jump < SEEN_JUMP) {
          assertThat(layer.gradients()[k])
              .isCloseTo((above - below) / (2 * STEP), within(SEEN_JUMP / 2 + 1e-8));
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(50);
  }

  /** Half the mean square of the first two errors. */
  private static <X> double error(Learner<X> learner, List<X> inputs) {
    double first = learner.mean(inputs.get(0)) - TARGET;
    double second = learner.mean(inputs.get(1)) - TARGET;
    return (first * first + second * second) / 4;
  }
}
