package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.Layer;
import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import java.util.List;

/**
 * Halves an image without losing every other pixel: rectifier, two pointwise convolutions of stride
 * 2, one of them over the image without its first row and column, their outputs concatenated and
 * normalised. An odd extent {@code h} becomes {@code (h + 1) / 2}: the shifted convolution sees one
 * more row or column of zeros.
 */
public record FactorizedReduce(int channels, BatchNorm norm) implements Layer {
  public FactorizedReduce {
    if (channels < 2) {
      throw new IllegalArgumentException(
          "factorized reduce: %d channels, expected 2 or more".formatted(channels));
    }
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    int height = x.shape().get(1);
    int width = x.shape().get(2);
    if (height < 2 || width < 2) {
      throw new IllegalArgumentException(
          "factorized reduce: input is %s, expected 2×2 pixels or more".formatted(x.shape()));
    }
    Tensor rectified = x.relu();
    Tensor shifted = rectified.slice(1, 1, height).slice(2, 1, width);
    Window2d even = Window2d.valid(2);
    Window2d odd = new Window2d(2, 2, 0, 0, height % 2, width % 2, 1, 1);
    Tensor first = Conv.dense(channels / 2, 1, 1, even).apply(scope.child("even"), rectified);
    Tensor second =
        Conv.dense(channels - channels / 2, 1, 1, odd).apply(scope.child("odd"), shifted);
    return norm.apply(scope.child("norm"), Tensor.concat(3, List.of(first, second)));
  }
}
