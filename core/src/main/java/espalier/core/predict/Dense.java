package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.Arrays;

/** A linear layer y = xW + b with the gradients of its values. */
final class Dense {
  private final int inputs;
  private final int outputs;

  /** W row by row, then b; and as many gradients and moments. */
  private final double[] values;

  /** W column by column, so that the way back too adds whole rows. */
  private final double[] transposed;

  private final double[] gradients;

  /** A layer for rectified inputs: weights of variance 2/inputs [He et al. 2015], no offsets. */
  Dense(int inputs, int outputs, Philox random) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.values = new double[(inputs + 1) * outputs];
    this.transposed = new double[inputs * outputs];
    this.gradients = new double[values.length];
    for (int i = 0; i < inputs * outputs; i++) {
      values[i] = random.normal(i) * Math.sqrt(2.0 / inputs);
    }
    settle();
  }

  /** W row by row, then b. */
  double[] values() {
    return values;
  }

  /** The gradients of the values. */
  double[] gradients() {
    return gradients;
  }

  /** Takes note of changed values, and sets the gradients to 0. */
  void settle() {
    Arrays.fill(gradients, 0);
    for (int i = 0; i < inputs; i++) {
      for (int o = 0; o < outputs; o++) {
        transposed[o * inputs + i] = values[i * outputs + o];
      }
    }
  }

  double[] apply(double[] x) {
    double[] y = new double[outputs];
    System.arraycopy(values, inputs * outputs, y, 0, outputs);
    for (int i = 0; i < inputs; i++) {
      addScaled(y, 0, x[i], values, i * outputs, outputs);
    }
    return y;
  }

  /** Adds to the gradients what dy asks of them at x; the gradient of x. */
  double[] backward(double[] x, double[] dy) {
    double[] dx = new double[inputs];
    for (int o = 0; o < outputs; o++) {
      addScaled(dx, 0, dy[o], transposed, o * inputs, inputs);
    }
    for (int i = 0; i < inputs; i++) {
      addScaled(gradients, i * outputs, x[i], dy, 0, outputs);
    }
    addScaled(gradients, inputs * outputs, 1, dy, 0, outputs);
    return dx;
  }

  /**
   * y += a·x; many factors are 0, for rectifiers answer them and one-hot codes are made of them.
   */
  private static void addScaled(double[] y, int y0, double a, double[] x, int x0, int count) {
    if (a != 0) {
      for (int i = 0; i < count; i++) {
        y[y0 + i] += a * x[x0 + i];
      }
    }
  }

  static double[] rectified(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(0, x[i]);
    }
    return y;
  }

  /** The part of dy that passes a rectifier that answered y. */
  static double[] passed(double[] dy, double[] y) {
    double[] dx = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      dx[i] = y[i] > 0 ? dy[i] : 0;
    }
    return dx;
  }
}
