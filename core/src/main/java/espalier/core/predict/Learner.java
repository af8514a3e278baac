package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.List;

/** A small network that learns one number from examples. */
interface Learner<X> extends Fit<X> {
  /** Adds to the gradients those of half the squared error at one example, times {@code weight}. */
  void backward(X input, double target, double weight);

  /** Its layers, in a fixed order. */
  List<Dense> layers();

  /**
   * Learns by Adam from batches in a new random order in each epoch, at rates that fall to 0 along
   * half a cosine.
   */
  default void learn(
      List<X> inputs, double[] targets, int epochs, int batch, double rate, Philox random) {
    Adam adam = new Adam(layers());
    int perEpoch = (targets.length + batch - 1) / batch;
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = random.step(epoch).permutation(targets.length);
      for (int i = 0; i < perEpoch; i++) {
        int from = i * batch;
        int to = Math.min(from + batch, order.length);
        for (int k = from; k < to; k++) {
          backward(inputs.get(order[k]), targets[order[k]], 1.0 / (to - from));
        }
        double done = (epoch * perEpoch + i) / (double) (epochs * perEpoch);
        adam.step(rate * (1 + StrictMath.cos(Math.PI * done)) / 2);
      }
    }
  }
}
