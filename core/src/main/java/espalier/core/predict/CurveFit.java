package espalier.core.predict;

import java.util.Arrays;
import java.util.Optional;

/**
 * The curve of a family that is nearest to a partial learning curve, by least squares.
 *
 * @param constant what is added to the shape; 0 where the family has none
 * @param factor of the shape
 * @param inner the numbers inside the shape
 * @param error the mean square of what is left
 */
public record CurveFit(
    CurveFamily family, double constant, double factor, Inner inner, double error) {
  /*
   * The coefficients are linear, so for each choice of the inner numbers they are known [Golub and
   * Pereyra: variable projection, 1973]. The inner numbers, two at most, are searched on a
   * logarithmic grid that shrinks around its best point: no start to choose, no derivative, and the
   * same answer for the same curve.
   */
  private static final int GRID = 17;
  private static final int ROUNDS = 14;
  private static final double SHRINK = 0.5;

  /** Squared error below which a better fit says nothing. */
  private static final double NOISE = 1e-6;

  /** The numbers inside a shape. */
  public record Inner(double first, double second) {
    private static Inner of(double[] values) {
      double[] both = Arrays.copyOf(values, 2);
      return new Inner(both[0], both[1]);
    }

    private double[] values() {
      return new double[] {first, second};
    }
  }

  /**
   * Fits a curve to values after 1, 2, … epochs.
   *
   * @return empty if the family has as many numbers as there are values, or more
   */
  public static Optional<CurveFit> of(CurveFamily family, double... values) {
    if (values.length <= family.freedom()) {
      return Optional.empty();
    }
    double[] centre = {0.5, 0.5};
    double width = 1;
    CurveFit best = solve(family, inner(family, centre), values);
    for (int round = 0; round < ROUNDS && family.searched() > 0; round++) {
      double[] around = centre.clone();
      int others = family.searched() == 2 ? GRID : 1;
      for (int i = 0; i < GRID; i++) {
        for (int j = 0; j < others; j++) {
          double[] at = {
            share(around[0], width, i), family.searched() == 2 ? share(around[1], width, j) : 0
          };
          CurveFit fit = solve(family, inner(family, at), values);
          if (fit.error() < best.error()) {
            best = fit;
            centre = at;
          }
        }
      }
      width *= SHRINK;
    }
    return Optional.of(best);
  }

  private static double share(double centre, double width, int step) {
    return Math.clamp(centre + width * ((double) step / (GRID - 1) - 0.5), 0.0, 1.0);
  }

  private static double[] inner(CurveFamily family, double[] shares) {
    double[] inner = new double[2];
    for (int i = 0; i < family.searched(); i++) {
      inner[i] = family.range(i).at(shares[i]);
    }
    return inner;
  }

  private static CurveFit solve(CurveFamily family, double[] inner, double[] values) {
    int n = values.length;
    double[] shape = new double[n];
    for (int i = 0; i < n; i++) {
      shape[i] = family.shape(i + 1, inner);
    }
    double meanShape = family.hasConstant() ? Arrays.stream(shape).average().orElseThrow() : 0;
    double meanValue = family.hasConstant() ? Arrays.stream(values).average().orElseThrow() : 0;
    double product = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      product += (shape[i] - meanShape) * (values[i] - meanValue);
      square += (shape[i] - meanShape) * (shape[i] - meanShape);
    }
    double factor = square > 0 ? product / square : 0;
    double constant = meanValue - factor * meanShape;
    double error = 0;
    for (int i = 0; i < n; i++) {
      double left = values[i] - constant - factor * shape[i];
      error += left * left / n;
    }
    return new CurveFit(family, constant, factor, Inner.of(inner), error);
  }

  /** The curve's value after {@code epoch} epochs. */
  public double at(double epoch) {
    return constant + factor * family.shape(epoch, inner.values());
  }

  /**
   * What a share between 0 and 1, such as an accuracy, will be after {@code epoch} epochs: the mean
   * of what the families say, each weighted by how well it fits for its freedom; the last value
   * where there are too few to fit any.
   */
  public static double extrapolate(double epoch, double... values) {
    double sum = 0;
    double weights = 0;
    for (CurveFamily family : CurveFamily.values()) {
      Optional<CurveFit> fit = of(family, values);
      if (fit.isPresent()) {
        double weight =
            (values.length - family.freedom()) / (fit.get().error() * values.length + NOISE);
        sum += weight * Math.clamp(fit.get().at(epoch), 0.0, 1.0);
        weights += weight;
      }
    }
    return weights > 0 ? sum / weights : values[values.length - 1];
  }
}
