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
  private List<double[]> activations(List<double[]> inputs) {
    List<double[]> activations = new ArrayList<>(List.of(columns(inputs)));
    for (Dense layer : layers) {
      double[] y = layer.apply(activations.getLast(), inputs.size());
      activations.add(layer == layers.getLast() ? y : Dense.rectified(y));
    }
    return activations;
  }

  /** Examples feature by feature. */
  private static double[] columns(List<double[]> inputs) {
    int rows = inputs.size();
    double[] columns = new double[inputs.getFirst().length * rows];
    for (int r = 0; r < rows; r++) {
      double[] input = inputs.get(r);
      for (int f = 0; f < input.length; f++) {
        columns[f * rows + r] = input[f];
      }
    }
    return columns;
  }

  @Override
  public double mean(double[] input) {
    return activations(List.of(input)).getLast()[0];
  }

  @Override
  public void backward(List<double[]> inputs, double[] targets) {
    int rows = inputs.size();
    List<double[]> activations = activations(inputs);
    double[] gradient = Learner.errors(activations.getLast(), targets);
    for (int i = layers.size() - 1; i >= 0; i--) {
      double[] x = activations.get(i);
      layers.get(i).learn(x, gradient, rows);
      if (i > 0) {
        gradient = Dense.passed(layers.get(i).back(gradient, rows), x);
      }
    }
  }

  @Override
  public List<Dense> layers() {
    return layers;
  }
}
