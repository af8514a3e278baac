package espalier.core.catalog;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import espalier.kernels.spi.Dims;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A network layer by layer [Zoph and Le 2017]: each layer convolves the outputs of some of the
 * layers before it, or the image, concatenated along the channels; outputs that no layer reads are
 * concatenated for the classifier. Where extents differ, the smaller are padded with zeros.
 */
public record ChainNetwork(List<Layer> layers) {

  /** What follows a layer's rectifier. */
  public enum Pooling {
    /** Nothing. */
    NONE,
    /** The largest of 2×2 pixels. */
    MAX;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A convolution, batch normalisation and a rectifier.
   *
   * @param height of the filters
   * @param width of the filters
   * @param filters how many
   * @param inputs the layers it reads, counted from 0; none for the image
   */
  public record Layer(
      int height, int width, int filters, int stride, Pooling pooling, List<Integer> inputs) {
    public Layer {
      inputs = List.copyOf(inputs);
    }
  }

  public ChainNetwork {
    layers = List.copyOf(layers);
    for (int i = 0; i < layers.size(); i++) {
      for (int input : layers.get(i).inputs()) {
        if (input < 0 || input >= i) {
          throw new IllegalArgumentException(
              "chain: layer %d reads layer %d, expected one before it".formatted(i, input));
        }
      }
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("chain: has no layer, expected one or more");
    }
  }

  /** The classifier: the mean over the image of what no layer reads, linear. */
  public Network network(int classes) {
    return (scope, images) -> Network.Outputs.of(build(scope, images, classes));
  }

  private Tensor build(Scope scope, Tensor images, int classes) {
    List<Tensor> outputs = new ArrayList<>();
    Set<Integer> read = new HashSet<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      read.addAll(layer.inputs());
      Tensor input =
          layer.inputs().isEmpty()
              ? images
              : beside(layer.inputs().stream().map(outputs::get).toList());
      outputs.add(apply(layer, scope.child("layers").child(Integer.toString(i)), input));
    }
    List<Tensor> ends = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (!read.contains(i)) {
        ends.add(outputs.get(i));
      }
    }
    Tensor features = Pool.globalAverage().apply(scope, beside(ends));
    return Linear.of(classes).apply(scope.child("classifier"), features);
  }

  private static Tensor apply(Layer layer, Scope scope, Tensor input) {
    Window2d window = Window2d.same(layer.height(), layer.width(), layer.stride(), 1);
    Conv conv = Conv.dense(layer.filters(), layer.height(), layer.width(), window);
    Tensor y = new ConvNorm(conv, BatchNorm.standard()).apply(scope, input).relu();
    boolean isPooled =
        layer.pooling() == Pooling.MAX && y.shape().get(1) > 1 && y.shape().get(2) > 1;
    return isPooled ? y.maxPool2d(PoolWindow.valid(2, 2)) : y;
  }

  /** Tensors along the channels, the smaller with zeros below and to the right. */
  private static Tensor beside(List<Tensor> tensors) {
    int height = tensors.stream().mapToInt(x -> x.shape().get(1)).max().orElseThrow();
    int width = tensors.stream().mapToInt(x -> x.shape().get(2)).max().orElseThrow();
    List<Tensor> padded = new ArrayList<>();
    for (Tensor x : tensors) {
      Shape wanted = x.shape().with(1, height).with(2, width);
      padded.add(x.shape().equals(wanted) ? x : x.pad(Dims.of(0, 0, 0, 0), wanted));
    }
    return padded.size() == 1 ? padded.getFirst() : Tensor.concat(3, padded);
  }
}
