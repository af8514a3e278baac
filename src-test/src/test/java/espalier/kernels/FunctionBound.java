package espalier.kernels;

import espalier.kernels.spi.Fn;
import espalier.kernels.spi.Ref;

/**
 * Error bound of a single function. Those that IEEE 754 rounds correctly must give the reference's
 * double rounded to float: for +, −, ·, / and √ rounding twice changes nothing, as doubles hold
 * more than twice as many bits as floats [Figueroa 1995]. The others may be off by {@link #ULPS}
 * units in the last place and may flush what is below the smallest normal number.
 */
record FunctionBound(Fn fn) implements ErrorBound {
  /** Units in the last place by which exp, log, tanh and sigmoid may be off. */
  static final int ULPS = 2;

  @Override
  public double[] of(KernelCase kernelCase, Ref output, double[] expected) {
    double[] tolerances = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      tolerances[i] = isCorrectlyRounded(fn) ? 0 : transcendental(expected[i]);
    }
    return tolerances;
  }

  static boolean isCorrectlyRounded(Fn fn) {
    return switch (fn) {
      case EXP, LOG, TANH, SIGMOID -> false;
      default -> true;
    };
  }

  /** Zeros keep their sign and are exact; so are values beyond the floats. */
  private static double transcendental(double expected) {
    if (expected == 0) {
      return 0;
    }
    return ULPS * (double) Math.ulp((float) expected)
        + (Math.abs(expected) < Float.MIN_NORMAL ? Float.MIN_NORMAL : 0);
  }
}
