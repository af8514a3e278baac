package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Split;

/**
 * Error bound of {@link Call.Moments}, for a channel whose largest magnitude is X, cut into parts
 * of b rows that are joined in l levels.
 *
 * <p>Mean: a part rounds each term b times (b − 1 additions and a division). A join rounds δ, its
 * weight, and the fma; as |mean| ≤ X and |δ| ≤ 2X, that adds at most 7uX, and it averages the
 * errors it was given. So e = γ(b + 7l + 1)·X bounds the error of every mean on the way.
 *
 * <p>Variance: with a mean that is off by e, a part's {@code Σ(x − mean)²} is M2 + b·e², and rounds
 * each term at most b + 2 times. A join adds {@code δ²·n_a·n_b/n}, where δ is off by 2e and the
 * product rounds at most 8 times, sums included. These terms sum to at most M2, and their weights
 * to at most l·n/2; so by Cauchy and Schwarz the error of δ adds at most 4e·√(l·M2·n/2) + 2l·n·e².
 * In all, divided by n: γ(b + 8l + 3)·(v + e²) + 4e·√(l·v) + (2l + 1)·e², and γ's second-order
 * terms vanish in the constants rounded up.
 */
final class MomentsBound implements ErrorBound {

  @Override
  public double[] of(KernelCase kernelCase, Ref output, double[] expected) {
    Call.Moments call = (Call.Moments) kernelCase.program().steps().getFirst().call();
    Split split = call.split();
    int length = Math.min(split.length(), call.rows());
    int levels = Integer.SIZE - Integer.numberOfLeadingZeros(split.parts() - 1);
    double[] x = Numbers.of(kernelCase.initial(call.x()));
    double[] tolerances = new double[call.channels()];
    for (int channel = 0; channel < tolerances.length; channel++) {
      double largest = 0;
      for (int row = 0; row < call.rows(); row++) {
        largest = Math.max(largest, Math.abs(x[row * call.channels() + channel]));
      }
      double e = ErrorBound.gamma(length + 7 * levels + 1) * largest + Float.MIN_NORMAL;
      double v = expected[channel];
      tolerances[channel] =
          output.equals(call.mean())
              ? e
              : ErrorBound.gamma(length + 8 * levels + 3) * (v + e * e)
                  + 4 * e * Math.sqrt(levels * v)
                  + (2 * levels + 2) * e * e
                  + Float.MIN_NORMAL;
      if (!Double.isFinite(largest)) {
        tolerances[channel] = ANY_NON_FINITE;
      }
    }
    return tolerances;
  }
}
