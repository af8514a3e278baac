package espalier.core.statistics;

import java.util.function.DoubleUnaryOperator;

/** The inverse of a distribution function on all real numbers. */
final class Quantile {
  private Quantile() {}

  /** Where {@code cumulative} reaches {@code p}, to the last digit, by halving. */
  static double of(DoubleUnaryOperator cumulative, double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException(
          "quantile: probability %s, expected a number between 0 and 1".formatted(p));
    }
    double low = -1;
    double high = 1;
    while (cumulative.applyAsDouble(low) > p) {
      low *= 2;
    }
    while (cumulative.applyAsDouble(high) < p) {
      high *= 2;
    }
    double middle = (low + high) / 2;
    while (low < middle && middle < high) {
      if (cumulative.applyAsDouble(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
      middle = (low + high) / 2;
    }
    return middle;
  }
}
