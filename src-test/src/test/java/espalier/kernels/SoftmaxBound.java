package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Ref;

/**
 * Error bound of {@link Call.Softmax}. Rounding {@code x − m} moves the exponent by at most {@code
 * u·d}, d the distance from the row's maximum, so each exponential is off by a factor {@code u·d}
 * and its own {@link FunctionBound#ULPS}; one whose true value is below the smallest normal number
 * may have been flushed. A sum of n positive terms adds n roundings; the quotient is off by both of
 * its sides and one rounding. The logarithm turns the sum's relative error into an absolute one.
 */
final class SoftmaxBound implements ErrorBound {
  private static final double EXP = 2 * FunctionBound.ULPS;

  /** Exponentials of smaller arguments are not normal numbers. */
  private static final double VANISHING = 88;

  @Override
  public double[] of(KernelCase kernelCase, Ref output, double[] expected) {
    Call.Softmax call = (Call.Softmax) kernelCase.program().steps().getFirst().call();
    double[] x = Numbers.of(kernelCase.initial(call.x()));
    double[] tolerances = new double[expected.length];
    for (int row = 0; row < call.rows(); row++) {
      int from = row * call.columns();
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = from; i < from + call.columns(); i++) {
        largest = Math.max(largest, x[i]);
      }
      double widest = 0;
      for (int i = from; i < from + call.columns(); i++) {
        if (largest - x[i] < VANISHING) {
          widest = Math.max(widest, largest - x[i]);
        }
      }
      double sumError =
          ErrorBound.gamma(widest + EXP + call.columns()) + call.columns() * Float.MIN_NORMAL;
      for (int i = from; i < from + call.columns(); i++) {
        double distance = largest - x[i];
        tolerances[i] =
            call.logarithm()
                ? ErrorBound.gamma(2) * distance
                    + 1.01 * sumError
                    + ErrorBound.gamma(EXP + 1) * (Math.abs(expected[i]) + distance)
                    + Float.MIN_NORMAL
                : (ErrorBound.gamma(Math.min(distance, VANISHING) + EXP + 1) + 1.01 * sumError)
                        * expected[i]
                    + Float.MIN_NORMAL;
      }
    }
    return tolerances;
  }
}
