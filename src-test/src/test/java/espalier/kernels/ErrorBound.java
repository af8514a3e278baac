package espalier.kernels;

import espalier.kernels.spi.Ref;
import java.util.Arrays;
import java.util.List;

/** How far each value a float backend writes may be from the reference's. */
@FunctionalInterface
interface ErrorBound {
  /** Unit roundoff of single precision. */
  double U = 0x1p-24;

  /** Marks an output that must be NaN or infinite where the reference's is, whichever it is. */
  double ANY_NON_FINITE = Double.NaN;

  /**
   * Largest admissible |actual − expected| for each element of the written buffer {@code output}; 0
   * asks for the bits of the reference rounded to float.
   *
   * @param expected the reference's values
   */
  double[] of(KernelCase kernelCase, Ref output, double[] expected);

  /** Higham's γ: bounds the relative error that {@code roundings} roundings leave. */
  static double gamma(double roundings) {
    return roundings * U / (1 - roundings * U);
  }

  /** No error: the call moves values, or rounds each result once. */
  static ErrorBound exact() {
    return (kernelCase, output, expected) -> new double[expected.length];
  }

  /**
   * A sum of at most {@code roundings} rounded operations on every path from a term to the result,
   * in any order: |error| ≤ γ·Σ|terms| [Higham 2002, section 3.1]. A fused chain over k products
   * rounds k times; cut into parts it rounds less often. Σ|terms| is what the reference answers to
   * the absolute values of the operands {@code linear}. Each operation may underflow besides, by
   * half the smallest denormal.
   */
  static ErrorBound sum(int roundings, List<Ref> linear) {
    return (kernelCase, output, expected) -> {
      double[] magnitudes = Agreement.reference(kernelCase.withMagnitudesOf(linear), output);
      return Arrays.stream(magnitudes)
          .map(magnitude -> gamma(roundings) * magnitude + roundings * 0x1p-150)
          .toArray();
    };
  }
}
