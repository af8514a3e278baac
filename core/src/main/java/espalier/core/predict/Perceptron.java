package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.ArrayList;
import java.util.List;

/** A multilayer perceptron with rectifiers and one output. */
final class Perceptron implements Learner<double[]> {
  private final List<Dense> layers = new ArrayList<>();

  Perceptron(int inputs, List<Integer> widths, Philox random) {
    int width = inputs;
    for (int next : widths) {
      layers.add(new Dense(width, next, random.trial(layers.size())));
      width = next;
    }
    layers.add(new Dense(width, 1, random.trial(layers.size())));
  }

  /** What enters each layer, and what leaves the last. */
  private List<double[]> activations(double[] input) {
    List<double[]> activations = new ArrayList<>(List.of(input));
    for (Dense layer : layers) {
      double[] y = layer.apply(activations.getLast());
      activations.add(layer == layers.getLast() ? y : Dense.rectified(y));
    }
    return activations;
  }

  @Override
  public double mean(double[] input) {
    return activations(input).getLast()[0];
  }

  @Override
  public void backward(double[] input, double target, double weight) {
    List<double[]> activations = activations(input);
    double[] gradient = {weight * (activations.getLast()[0] - target)};
    for (int i = layers.size() - 1; i >= 0; i--) {
      double[] x = activations.get(i);
      gradient = Dense.passed(layers.get(i).backward(x, gradient), x);
    }
  }

  @Override
  public List<Dense> layers() {
    return layers;
  }
}
