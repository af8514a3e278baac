package espalier.core.predict;

import java.util.List;

/**
 * Gaussian process regression [Rasmussen and Williams 2006, algorithm 2.1] of standardised targets.
 * The deviation is that of the function, without noise.
 *
 * @param noise the variance of the noise beside a prior variance of 1
 */
public record GaussianProcess<X>(Kernel<X> kernel, double noise) implements UncertainPredictor<X> {
  public GaussianProcess {
    if (!(noise >= 0)) {
      throw new IllegalArgumentException(
          "Gaussian process: noise %s, expected 0 or more".formatted(noise));
    }
  }

  @Override
  public UncertainFit<X> fit(List<X> inputs, double[] targets) {
    Examples.require(inputs, targets);
    double[][] covariance = new double[targets.length][];
    for (int i = 0; i < targets.length; i++) {
      covariance[i] = new double[i + 1];
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = kernel.covariance(inputs.get(i), inputs.get(j));
      }
      covariance[i][i] += noise;
    }
    Cholesky cholesky = new Cholesky(covariance);
    Standardised standard = Standardised.of(targets);
    double[] weights = cholesky.solve(standard.values());
    return new Posterior<>(kernel, List.copyOf(inputs), cholesky, weights, standard);
  }

  private record Posterior<X>(
      Kernel<X> kernel, List<X> inputs, Cholesky cholesky, double[] weights, Standardised standard)
      implements UncertainFit<X> {
    @Override
    public double mean(X input) {
      double[] covariance = covariance(input);
      return standard.restore(Cholesky.dot(covariance, weights, weights.length));
    }

    @Override
    public Prediction predict(X input) {
      double[] covariance = covariance(input);
      double variance = kernel.covariance(input, input) - cholesky.inverseForm(covariance);
      return new Prediction(
          standard.restore(Cholesky.dot(covariance, weights, weights.length)),
          standard.scale() * Math.sqrt(Math.max(0, variance)));
    }

    private double[] covariance(X input) {
      return inputs.stream().mapToDouble(known -> kernel.covariance(known, input)).toArray();
    }
  }
}
