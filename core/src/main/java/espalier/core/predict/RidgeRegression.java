package espalier.core.predict;

import java.util.Arrays;
import java.util.List;

/**
 * Least squares with a penalty on the squared weights, the intercept free [Hoerl and Kennard 1970].
 *
 * @param penalty more than 0
 */
public record RidgeRegression(double penalty) implements Predictor<double[]> {
  public RidgeRegression {
    if (!(penalty > 0)) {
      throw new IllegalArgumentException(
          "ridge regression: penalty %s, expected more than 0".formatted(penalty));
    }
  }

  @Override
  public Fit<double[]> fit(List<double[]> inputs, double[] targets) {
    double[][] rows = Examples.rows(inputs, targets);
    double[] middle = Examples.means(rows);
    double[][] centred = centred(rows, middle);
    Standardised standard = Standardised.of(targets);
    double[] weights = new RidgeSystem(centred, penalty).weights(standard.values());
    for (int j = 0; j < weights.length; j++) {
      weights[j] *= standard.scale();
    }
    return new LinearFunction(middle, weights, standard.mean());
  }

  static double[][] centred(double[][] rows, double[] middle) {
    return Arrays.stream(rows)
        .map(row -> LinearFunction.difference(row, middle))
        .toArray(double[][]::new);
  }
}
