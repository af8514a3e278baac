package espalier.core.morph;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Initializer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain convolutional network: layers one after another, some of them pooled, then the mean over
 * the image and a linear classifier. Between two poolings is a stage, whose images have one extent.
 */
public record GrowingNetwork(List<Layer> layers) {
  static final String CONV = "conv.weight";
  static final String NORM_WEIGHT = "norm.weight";
  static final String NORM_BIAS = "norm.bias";
  static final String RUNNING_MEAN = "norm.running_mean";
  static final String RUNNING_VARIANCE = "norm.running_var";
  static final String CLASSIFIER_WEIGHT = "classifier.weight";
  static final String CLASSIFIER_BIAS = "classifier.bias";

  /** The variables of a layer without skip connections. */
  static final List<String> OWN =
      List.of(CONV, NORM_WEIGHT, NORM_BIAS, RUNNING_MEAN, RUNNING_VARIANCE);

  private static final String LAYERS = "layers";
  private static final int POOL = 2;

  /**
   * A convolution and batch normalisation, to which 1×1 convolutions of earlier layers' outputs are
   * added, then a rectifier. Those convolutions are zero at first, so a skip connection changes
   * nothing until it is trained.
   *
   * @param width channels
   * @param kernel height and width of the filters, odd
   * @param skips the layers that are added, counted from 0 and in order: each yields images of this
   *     layer's extent
   * @param pooled whether the largest of 2×2 pixels follows, which ends a stage
   */
  public record Layer(int width, int kernel, List<Integer> skips, boolean pooled) {
    public Layer {
      skips = List.copyOf(skips);
      if (width < 1 || kernel < 1 || kernel % 2 == 0) {
        throw new IllegalArgumentException(
            "layer: width %d and kernel %d, expected 1 or more, and odd".formatted(width, kernel));
      }
    }
  }

  public GrowingNetwork {
    layers = List.copyOf(layers);
    if (layers.isEmpty() || layers.getLast().pooled()) {
      throw new IllegalArgumentException(
          "network: has no layer or its last is pooled, expected layers and no pooling at the end");
    }
    int first = 0;
    for (int i = 0; i < layers.size(); i++) {
      int before = Math.max(0, first - 1) - 1;
      for (int source : layers.get(i).skips()) {
        if (source <= before || source >= i) {
          throw new IllegalArgumentException(
              "network: layer %d adds layer %d after %d, expected, in order, those from %d to %d"
                  .formatted(i, source, before, Math.max(0, first - 1), i - 1));
        }
        before = source;
      }
      first = layers.get(i).pooled() ? i + 1 : first;
    }
  }

  /** The layers that layer {@code i} can add: those of its stage before it, and what they read. */
  List<Integer> sources(int i) {
    List<Integer> sources = new ArrayList<>();
    for (int j = i - 1; j >= 0; j--) {
      sources.addFirst(j);
      if (layers.get(j).pooled()) {
        break;
      }
    }
    return sources;
  }

  /** This network with another layer in the place of one. */
  GrowingNetwork with(int i, Layer layer) {
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(i, layer);
    return new GrowingNetwork(changed);
  }

  /** The name of a layer's variable. */
  static String variable(int layer, String suffix) {
    return LAYERS + "." + layer + "." + suffix;
  }

  /** The name of the weights with which layer {@code to} adds layer {@code from}. */
  static String skipVariable(int from, int to) {
    return variable(to, skip(from) + ".weight");
  }

  private static String skip(int from) {
    return "skip" + from;
  }

  /** The classifier. */
  public Network network(int classes) {
    return (scope, images) -> Network.Outputs.of(build(scope, images, classes));
  }

  private Tensor build(Scope scope, Tensor images, int classes) {
    List<Tensor> outputs = new ArrayList<>();
    Tensor x = images;
    for (int i = 0; i < layers.size(); i++) {
      x = apply(layers.get(i), scope.child(LAYERS).child(Integer.toString(i)), x, outputs);
      outputs.add(x);
    }
    Tensor features = Pool.globalAverage().apply(scope, x);
    return Linear.of(classes).apply(scope.child("classifier"), features);
  }

  private static Tensor apply(Layer layer, Scope scope, Tensor x, List<Tensor> outputs) {
    Conv conv = Conv.same(layer.width(), layer.kernel(), 1);
    Tensor y = new ConvNorm(conv, BatchNorm.standard()).apply(scope, x);
    Conv added =
        new Conv(layer.width(), 1, 1, Window2d.same(1, 1, 1, 1), 1, false, Initializer.zeros());
    for (int source : layer.skips()) {
      y = y.add(added.apply(scope.child(skip(source)), outputs.get(source)));
    }
    y = y.relu();
    boolean isPooled = layer.pooled() && y.shape().get(1) >= POOL && y.shape().get(2) >= POOL;
    return isPooled ? y.maxPool2d(PoolWindow.valid(POOL, POOL)) : y;
  }
}
