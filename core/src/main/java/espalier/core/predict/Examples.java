package espalier.core.predict;

import java.util.List;

/** What every predictor asks of its examples. */
final class Examples {
  private Examples() {}

  /** Checks that there are as many finite targets as inputs, and one at least. */
  static void require(List<?> inputs, double[] targets) {
    if (inputs.isEmpty() || inputs.size() != targets.length) {
      throw new IllegalArgumentException(
          "predictor: %d inputs and %d targets, expected as many of both, and one at least"
              .formatted(inputs.size(), targets.length));
    }
    for (int i = 0; i < targets.length; i++) {
      if (!Double.isFinite(targets[i])) {
        throw new IllegalArgumentException(
            "predictor: target %d is %s, expected a finite number".formatted(i, targets[i]));
      }
    }
  }

  /** The features as rows, after checks. */
  static double[][] rows(List<double[]> inputs, double[] targets) {
    require(inputs, targets);
    if (inputs.getFirst().length == 0) {
      throw new IllegalArgumentException("predictor: inputs without features, expected 1 or more");
    }
    for (double[] row : inputs) {
      requireLength(row, inputs.getFirst().length);
    }
    return inputs.toArray(double[][]::new);
  }

  /** Checks that an input has as many features as those that were learnt from. */
  static void requireLength(double[] input, int length) {
    if (input.length != length) {
      throw new IllegalArgumentException(
          "predictor: an input of %d features, expected %d".formatted(input.length, length));
    }
  }

  /** The mean of each column. */
  static double[] means(double[][] rows) {
    double[] means = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < means.length; j++) {
        means[j] += row[j] / rows.length;
      }
    }
    return means;
  }
}
