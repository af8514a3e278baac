package espalier.core.predict;

import espalier.core.random.Philox;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A linear layer y = xW + b with the gradients of its values. It takes several examples at a time,
 * feature by feature: x [inputs, rows] and y [outputs, rows].
 */
final class Dense {
  /*
   * Feature by feature, every product runs along all rows, four terms at a time: loops that a
   * compiler turns into vectors and that load and store each sum once in four. Features that are 0
   * in all rows are left out: rectifiers answer them and one-hot codes are made of them.
   */
  private static final int TERMS = 4;

  private final int inputs;
  private final int outputs;

  /** W row by row, then b. */
  private final double[] values;

  private final double[] gradients;

  /** A layer for rectified inputs: weights of variance 2/inputs [He et al. 2015], no offsets. */
  Dense(int inputs, int outputs, Philox random) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.values = new double[(inputs + 1) * outputs];
    this.gradients = new double[values.length];
    for (int i = 0; i < inputs * outputs; i++) {
      values[i] = random.normal(i) * Math.sqrt(2.0 / inputs);
    }
  }

  /** W row by row, then b. */
  double[] values() {
    return values;
  }

  /** The gradients of the values. */
  double[] gradients() {
    return gradients;
  }

  double[] apply(double[] x, int rows) {
    double[] y = new double[outputs * rows];
    int[] alive = alive(x, inputs, rows);
    for (int o = 0; o < outputs; o++) {
      Arrays.fill(y, o * rows, (o + 1) * rows, values[inputs * outputs + o]);
      addCombination(y, o * rows, values, o, outputs, x, alive, rows);
    }
    return y;
  }

  /** Adds to the gradients what dy asks of them at x. */
  void learn(double[] x, double[] dy, int rows) {
    int[] alive = alive(x, inputs, rows);
    for (int i : alive) {
      addDots(gradients, i * outputs, x, i * rows, dy, outputs, rows);
    }
    for (int o = 0; o < outputs; o++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += dy[o * rows + r];
      }
      gradients[inputs * outputs + o] += sum;
    }
  }

  /** The gradient of x. */
  double[] back(double[] dy, int rows) {
    double[] dx = new double[inputs * rows];
    int[] alive = alive(dy, outputs, rows);
    for (int i = 0; i < inputs; i++) {
      addCombination(dx, i * rows, values, i * outputs, 1, dy, alive, rows);
    }
    return dx;
  }

  /** The features that are not 0 in all rows. */
  private static int[] alive(double[] x, int features, int rows) {
    return IntStream.range(0, features).filter(f -> isAlive(x, f * rows, rows)).toArray();
  }

  private static boolean isAlive(double[] x, int x0, int rows) {
    for (int r = 0; r < rows; r++) {
      if (x[x0 + r] != 0) {
        return true;
      }
    }
    return false;
  }

  /** y += Σ a[f] · x[f] over features f. */
  private static void addCombination(
      double[] y, int y0, double[] a, int a0, int stride, double[] x, int[] features, int rows) {
    int k = 0;
    for (; k + TERMS <= features.length; k += TERMS) {
      addFour(y, y0, a, a0, stride, x, features, k, rows);
    }
    for (; k < features.length; k++) {
      double factor = a[a0 + features[k] * stride];
      int x0 = features[k] * rows;
      for (int r = 0; r < rows; r++) {
        y[y0 + r] += factor * x[x0 + r];
      }
    }
  }

  private static void addFour(
      double[] y,
      int y0,
      double[] a,
      int a0,
      int stride,
      double[] x,
      int[] features,
      int first,
      int rows) {
    double factor0 = a[a0 + features[first] * stride];
    double factor1 = a[a0 + features[first + 1] * stride];
    double factor2 = a[a0 + features[first + 2] * stride];
    double factor3 = a[a0 + features[first + 3] * stride];
    int x0 = features[first] * rows;
    int x1 = features[first + 1] * rows;
    int x2 = features[first + 2] * rows;
    int x3 = features[first + 3] * rows;
    for (int r = 0; r < rows; r++) {
      y[y0 + r] +=
          (factor0 * x[x0 + r] + factor1 * x[x1 + r]) + (factor2 * x[x2 + r] + factor3 * x[x3 + r]);
    }
  }

  /** Adds to {@code sums} the products of one feature with each of others, along all rows. */
  private static void addDots(
      double[] sums, int sums0, double[] x, int x0, double[] others, int count, int rows) {
    int o = 0;
    for (; o + TERMS <= count; o += TERMS) {
      int y0 = o * rows;
      int y1 = y0 + rows;
      int y2 = y1 + rows;
      int y3 = y2 + rows;
      double sum0 = 0;
      double sum1 = 0;
      double sum2 = 0;
      double sum3 = 0;
      for (int r = 0; r < rows; r++) {
        double factor = x[x0 + r];
        sum0 += factor * others[y0 + r];
        sum1 += factor * others[y1 + r];
        sum2 += factor * others[y2 + r];
        sum3 += factor * others[y3 + r];
      }
      sums[sums0 + o] += sum0;
      sums[sums0 + o + 1] += sum1;
      sums[sums0 + o + 2] += sum2;
      sums[sums0 + o + 3] += sum3;
    }
    for (; o < count; o++) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += x[x0 + r] * others[o * rows + r];
      }
      sums[sums0 + o] += sum;
    }
  }

  /** A rectifier, in place. */
  static double[] rectified(double[] x) {
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(0, x[i]);
    }
    return x;
  }

  /** The part of dy that passes a rectifier that answered y, in place. */
  static double[] passed(double[] dy, double[] y) {
    for (int i = 0; i < y.length; i++) {
      dy[i] = y[i] > 0 ? dy[i] : 0;
    }
    return dy;
  }
}
