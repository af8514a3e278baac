package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Pool;
import espalier.core.tensor.PoolWindow;
import java.util.List;

/** The operations at the vertices of NAS-Bench-101 [Ying et al. 2019]; all keep the extent. */
public enum Nb101Operation {
  CONV_3X3("conv3x3-bn-relu"),
  CONV_1X1("conv1x1-bn-relu"),
  MAX_POOL_3X3("maxpool3x3");

  private static final List<Nb101Operation> ALL = List.of(values());

  private final String label;

  Nb101Operation(String label) {
    this.label = label;
  }

  /** All of them. */
  public static List<Nb101Operation> all() {
    return ALL;
  }

  /** Its position among them. */
  int position() {
    return ALL.indexOf(this);
  }

  /** The published name. */
  public String label() {
    return label;
  }

  /** The layer to this many channels; a pool has as many as its input. */
  Layer layer(int channels) {
    return switch (this) {
      case CONV_3X3 -> convolution(3, channels);
      case CONV_1X1 -> convolution(1, channels);
      case MAX_POOL_3X3 -> Pool.max(PoolWindow.same(3, 1));
    };
  }

  /** Convolution, batch normalisation, rectifier. */
  static Layer convolution(int kernel, int channels) {
    return Layer.sequence(
        new ConvNorm(Conv.same(channels, kernel, 1), BatchNorm.standard()), Layer.relu());
  }
}
