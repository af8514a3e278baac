package espalier.core.catalog;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Pick;
import java.util.ArrayList;
import java.util.List;

/**
 * How many times deeper, wider and finer a network gets, all three together [Tan and Le 2019]: α, β
 * and γ of the paper's equation 3. They are found once, by a search over {@link #space} with
 * whatever estimator, for a network about twice as costly as the base; {@link #times} then gives
 * the network of any size.
 *
 * @param depth α, how many times the blocks
 * @param width β, how many times the channels
 * @param resolution γ, how many times the rows and columns of an image
 */
public record CompoundScaling(double depth, double width, double resolution) {
  /** Steps of the grid from 1 to 2. */
  private static final int STEPS = 20;

  public CompoundScaling {
    if (!(depth >= 1) || !(width >= 1) || !(resolution >= 1)) {
      throw new IllegalArgumentException(
          "compound scaling: by %s, %s and %s, expected 1 or more of each"
              .formatted(depth, width, resolution));
    }
  }

  /** EfficientNet's: α = 1.2, β = 1.1, γ = 1.15 [Tan and Le 2019, section 4]. */
  public static CompoundScaling efficientNet() {
    return new CompoundScaling(1.2, 1.1, 1.15);
  }

  /**
   * The multiply-accumulates of a convolutional network so scaled over those of its base, nothing
   * being rounded: α·β²·γ².
   */
  public double cost() {
    return depth * width * width * resolution * resolution;
  }

  /**
   * All scalings by steps of 0.05 from 1 to 2 whose cost differs from {@code cost} by no more than
   * {@code tolerance}, by depth, width and resolution.
   */
  public static List<CompoundScaling> grid(double cost, double tolerance) {
    /*
     * In steps, costs are whole numbers of at most 2^28, so which candidates lie on the edge does
     * not depend on roundings of their products.
     */
    double unit = StrictMath.pow(STEPS, 5);
    List<CompoundScaling> within = new ArrayList<>();
    for (int a = STEPS; a <= 2 * STEPS; a++) {
      for (int b = STEPS; b <= 2 * STEPS; b++) {
        for (int c = STEPS; c <= 2 * STEPS; c++) {
          long steps = (long) a * b * b * c * c;
          if (Math.abs(steps - cost * unit) <= tolerance * unit) {
            within.add(
                new CompoundScaling((double) a / STEPS, (double) b / STEPS, (double) c / STEPS));
          }
        }
      }
    }
    return List.copyOf(within);
  }

  /**
   * The grid search for the base's scaling: {@link #grid} as a search space. Numbers of blocks and
   * channels are whole, so what a candidate really costs is told by its multiply-accumulates alone,
   * and a limit on them is an objective's; and several candidates may be one network, which is
   * their canonical form.
   *
   * @throws IllegalArgumentException if no scaling costs that
   */
  public static ComposedSpace<CompoundScaling> space(
      SizedMobileNet base, double cost, double tolerance) {
    List<CompoundScaling> within = grid(cost, tolerance);
    if (within.isEmpty()) {
      throw new IllegalArgumentException(
          "compound scaling: none costs %s to within %s, expected some".formatted(cost, tolerance));
    }
    return new ComposedSpace<>(
        "compound-scaling",
        Pick.among(within),
        (scaling, classes) -> scaling.times(1, base).network(classes),
        scaling -> scaling.times(1, base).toString());
  }

  /**
   * The base scaled by α^φ, β^φ and γ^φ: blocks and channels as {@link MobileNet#scaled} has them,
   * the resolution rounded to the nearest even number. A φ of 1 is about {@link #cost} times as
   * costly, one of 0 is the base, if its channels are multiples of 8 and its resolution is even.
   */
  public SizedMobileNet times(double phi, SizedMobileNet base) {
    double finer = base.resolution() * StrictMath.pow(resolution, phi);
    return new SizedMobileNet(
        2 * Math.toIntExact(Math.round(finer / 2)),
        base.net().scaled(StrictMath.pow(width, phi), StrictMath.pow(depth, phi)));
  }

  /** The three numbers, in that order: {@code 1.2x1.1x1.15}. */
  @Override
  public String toString() {
    return depth + "x" + width + "x" + resolution;
  }
}
