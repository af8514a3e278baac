package espalier.core.space;

import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Pool;
import espalier.core.tensor.PoolWindow;
import java.util.List;

/**
 * The operations of NAS-Bench-201 [Dong and Yang 2020] in the order of its authors' table. They
 * keep the extent, so every site has stride 1. Where the channels differ, a skip is a pointwise
 * convolution that is normalised and a pool comes after one that is rectified too, as in the size
 * space of the same authors.
 */
public enum Nb201Operation implements Operation {
  NONE("none", Kind.ZERO),
  SKIP_CONNECT("skip_connect", Kind.IDENTITY),
  NOR_CONV_1X1("nor_conv_1x1", Kind.WEIGHTED),
  NOR_CONV_3X3("nor_conv_3x3", Kind.WEIGHTED),
  AVG_POOL_3X3("avg_pool_3x3", Kind.FIXED);

  private final String label;
  private final Kind kind;

  Nb201Operation(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** All of them. */
  public static List<Operation> all() {
    return List.of(values());
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Kind kind(int stride) {
    return kind;
  }

  @Override
  public Layer layer(Site site) {
    if (site.stride() != 1) {
      throw new IllegalArgumentException(
          "%s: stride %d, expected 1".formatted(label, site.stride()));
    }
    return switch (this) {
      case NONE -> new ZeroLayer(site.channels(), 1);
      case SKIP_CONNECT ->
          unlessAlike(site, new ConvNorm(Conv.same(site.channels(), 1, 1), site.norm()));
      case NOR_CONV_1X1 -> convolution(1, site);
      case NOR_CONV_3X3 -> convolution(3, site);
      case AVG_POOL_3X3 -> {
        Layer widened = unlessAlike(site, convolution(1, site));
        Layer pool = Pool.average(PoolWindow.same(3, 1));
        yield (scope, x) -> pool.apply(scope, widened.apply(scope, x));
      }
    };
  }

  /** A layer where the input has other channels than the site, otherwise nothing. */
  private static Layer unlessAlike(Site site, Layer layer) {
    return (scope, x) -> x.shape().get(3) == site.channels() ? x : layer.apply(scope, x);
  }

  private static Layer convolution(int kernel, Site site) {
    return new ReluConvNorm(Conv.same(site.channels(), kernel, 1), site.norm());
  }
}
