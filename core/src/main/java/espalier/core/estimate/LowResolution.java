package espalier.core.estimate;

import espalier.core.nn.AreaResize;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.Network;
import espalier.core.tensor.Shape;

/**
 * Smaller images of the same things, for a cheaper training: each side brought to a share of its
 * pixels.
 */
final class LowResolution {
  /** Less than this many pixels a side show little and cost little anyway. */
  private static final int LEAST_SIDE = 8;

  private LowResolution() {}

  /**
   * Requires images.
   *
   * @throws IllegalArgumentException saying what else the task takes in
   */
  static void requireImages(FeedSpec input) {
    if (!input.name().equals(FeedSpec.IMAGES)) {
      throw new IllegalArgumentException(
          "estimator: the task takes in %s %s, a lower resolution wants images [H, W, C]"
              .formatted(input.name(), input.example()));
    }
  }

  /** The network on images that are brought to a share of their size before it sees them. */
  static Network of(Network network, FeedSpec images, double share) {
    Shape full = images.example();
    AreaResize resize = new AreaResize(side(full.get(0), share), side(full.get(1), share));
    return (scope, input) -> network.build(scope, resize.apply(scope, input));
  }

  /**
   * The even number nearest to the share of a side, within bounds; the whole side for all of it.
   */
  private static int side(int full, double share) {
    long even = 2 * Math.round(share * full / 2);
    return Math.clamp(even, Math.min(LEAST_SIDE, full), full);
  }
}
