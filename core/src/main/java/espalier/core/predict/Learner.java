package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.Arrays;
import java.util.List;

/** A small network that learns one number from examples. */
interface Learner<X> extends Fit<X> {
  /** Adds to the gradients those of the mean of half the squared error over examples. */
  void backward(List<X> inputs, double[] targets);

  /** Its layers, in a fixed order. */
  List<Dense> layers();

  /** The gradients of the mean of half the squared error at the answers. */
  static double[] errors(double[] answers, double[] targets) {
    double[] errors = new double[answers.length];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = (answers[i] - targets[i]) / errors.length;
    }
    return errors;
  }

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
        int[] drawn = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
        backward(
            Arrays.stream(drawn).mapToObj(inputs::get).toList(),
            Arrays.stream(drawn).mapToDouble(k -> targets[k]).toArray());
        double done = (epoch * perEpoch + i) / (double) (epochs * perEpoch);
        adam.step(rate * (1 + StrictMath.cos(Math.PI * done)) / 2);
      }
    }
  }
}
