package espalier.bench.peers;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The operations of DARTS as its authors compute them, one by one. */
final class DartsLayers {
  private DartsLayers() {}

  /**
   * The operation called {@code label}.
   *
   * @param search whether normalisations follow the pools, as in the supernet
   */
  static Tensor operation(Place at, String label, Tensor x, long stride, boolean search) {
    return switch (label) {
      case "none" -> zero(x, stride);
      case "max_pool_3x3" -> pooled(at, Place.maxPool(x, stride), search);
      case "avg_pool_3x3" -> pooled(at, Place.averagePool(x, stride), search);
      case "skip_connect" -> stride == 1 ? x : factorizedReduce(at, x);
      case "sep_conv_3x3", "sep_conv_5x5" ->
          separable(at.child("1"), separable(at.child("0"), x, stride, 1), 1, 1);
      case "dil_conv_3x3", "dil_conv_5x5" -> separable(at, x, stride, 2);
      default -> throw new IllegalArgumentException("operation: '" + label + "' has no peer");
    };
  }

  private static Tensor zero(Tensor x, long stride) {
    return stride == 1
        ? x.mul(new Scalar(0.0))
        : every(every(x, 2, 0, stride), 3, 0, stride).mul(new Scalar(0.0));
  }

  private static Tensor every(Tensor x, long axis, long first, long step) {
    return torch.slice(x, axis, new LongOptional(first), new LongOptional(), step);
  }

  private static Tensor pooled(Place at, Tensor pooled, boolean search) {
    return search ? at.child("norm").norm(pooled) : pooled;
  }

  private static Tensor separable(Place at, Tensor x, long stride, long dilation) {
    Tensor filtered = at.child("depthwise").conv(torch.relu(x), stride, dilation);
    return at.child("pointwise").convNorm(filtered, 1);
  }

  /** Halves an image: two pointwise convolutions of stride 2, one of them shifted by a pixel. */
  static Tensor factorizedReduce(Place at, Tensor x) {
    Tensor rectified = torch.relu(x);
    Tensor shifted = every(every(rectified, 2, 1, 1), 3, 1, 1);
    return at.child("norm")
        .norm(
            Place.concat(
                at.child("even").conv(rectified, 2, 1), at.child("odd").conv(shifted, 2, 1)));
  }
}
