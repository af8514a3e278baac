package espalier.core.predict;

import java.util.List;

/**
 * Linear regression with normal priors of the weights and normal noise, whose two variances
 * maximise the evidence [MacKay: Bayesian interpolation, 1992]: for each ratio of the two, tried by
 * quarter decades, the best scale is known in closed form. The deviation is that of a new target,
 * noise included.
 */
public record BayesianLinearRegression() implements UncertainPredictor<double[]> {
  private static final int QUARTER_DECADES = 16;

  @Override
  public UncertainFit<double[]> fit(List<double[]> inputs, double[] targets) {
    double[][] rows = Examples.rows(inputs, targets);
    double[] middle = Examples.means(rows);
    double[][] centred = RidgeRegression.centred(rows, middle);
    Standardised standard = Standardised.of(targets);
    double[] y = standard.values();
    RidgeSystem best = system(centred, 0);
    for (int i = -QUARTER_DECADES; i <= QUARTER_DECADES; i++) {
      RidgeSystem system = system(centred, i);
      if (logEvidence(system, y) > logEvidence(best, y)) {
        best = system;
      }
    }
    return new Posterior(
        new LinearFunction(middle, best.weights(y), 0), best, noise(best, y), standard);
  }

  private static RidgeSystem system(double[][] rows, int quarterDecades) {
    return new RidgeSystem(rows, StrictMath.pow(10, quarterDecades / 4.0));
  }

  /** The evidence at the best noise, but for a constant. */
  private static double logEvidence(RidgeSystem system, double[] y) {
    return -(y.length * StrictMath.log(noise(system, y)) + system.logDeterminant()) / 2;
  }

  /** The variance of the noise that the evidence is greatest at. */
  private static double noise(RidgeSystem system, double[] y) {
    return Math.max(system.unexplained(y) / y.length, Double.MIN_NORMAL);
  }

  private record Posterior(
      LinearFunction function, RidgeSystem system, double noise, Standardised standard)
      implements UncertainFit<double[]> {
    @Override
    public Prediction predict(double[] input) {
      double variance = noise * (1 + system.leverage(function.centred(input)));
      return new Prediction(
          standard.restore(function.mean(input)), standard.scale() * Math.sqrt(variance));
    }
  }
}
