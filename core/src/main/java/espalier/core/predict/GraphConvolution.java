package espalier.core.predict;

import espalier.core.random.Philox;
import espalier.core.space.LabelledGraph;
import java.util.List;

/**
 * A graph convolutional network over labelled graphs, as the neural predictor of Wen et al. [ECCV
 * 2020] has it: the mean of convolutions along and against the edges, then the mean over vertices.
 *
 * @param layers of convolution
 * @param width of every layer
 * @param epochs passes over the examples
 * @param rate of Adam's first step
 * @param seed of the weights and the orders
 */
public record GraphConvolution(int layers, int width, int epochs, double rate, long seed)
    implements Predictor<LabelledGraph> {
  private static final int BATCH = 16;

  public GraphConvolution {
    if (layers < 1 || width < 1 || epochs < 1 || !(rate > 0)) {
      throw new IllegalArgumentException(
          "graph convolution: %d layers of %d, %d epochs at rate %s, expected 1 or more of each"
              .formatted(layers, width, epochs, rate));
    }
  }

  /** Three layers of 32, 100 epochs at 0.005. */
  public static GraphConvolution standard(long seed) {
    return new GraphConvolution(3, 32, 100, 0.005, seed);
  }

  @Override
  public Fit<LabelledGraph> fit(List<LabelledGraph> graphs, double[] targets) {
    Examples.require(graphs, targets);
    Standardised standard = Standardised.of(targets);
    List<String> vocabulary =
        graphs.stream().flatMap(graph -> graph.labels().stream()).distinct().sorted().toList();
    List<GraphNetwork.Sample> samples =
        graphs.stream().map(graph -> GraphNetwork.Sample.of(graph, vocabulary)).toList();
    GraphNetwork network =
        new GraphNetwork(
            vocabulary.size(), layers, width, Philox.of(seed, "graph network weights"));
    Philox orders = Philox.of(seed, "graph network orders");
    network.learn(samples, standard.values(), epochs, BATCH, rate, orders);
    return graph -> standard.restore(network.mean(GraphNetwork.Sample.of(graph, vocabulary)));
  }
}
