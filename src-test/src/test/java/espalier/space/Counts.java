package espalier.space;

import espalier.core.nn.Network;
import espalier.core.nn.Scope;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;

/** Parameters, and multiply-accumulates of one image, as the network's graph declares them. */
record Counts(long parameters, long multiplyAccumulates) {

  /** Counts a network built for inference on one image. */
  static Counts of(Network network, int height, int width, int channels) {
    return of(network, Scope.Mode.INFERENCE, height, width, channels);
  }

  /** Counts a network on one image. */
  static Counts of(Network network, Scope.Mode mode, int height, int width, int channels) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, mode);
    network.build(scope, graph.feed("images", Shape.of(1, height, width, channels)));
    return new Counts(scope.parameterCount(), scope.multiplyAccumulates());
  }
}
