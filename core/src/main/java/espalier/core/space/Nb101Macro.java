package espalier.core.space;

import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;

/**
 * The network around the cells of NAS-Bench-101 [Ying et al. 2019]: a stem, three stacks of equal
 * cells, the second and the third behind a max-pooling that halves the image and with twice the
 * channels, mean over the image, linear.
 *
 * @param channels of the stem and the first stack
 * @param cellsPerStack how many cells each stack has
 */
public record Nb101Macro(int channels, int cellsPerStack) {
  private static final int STACKS = 3;
  private static final int LEAST_CHANNELS = Nb101Cell.MOST_VERTICES - 2;

  public Nb101Macro {
    if (channels < LEAST_CHANNELS || cellsPerStack < 1) {
      throw new IllegalArgumentException(
          "NAS-Bench-101 network: %d channels and %d cells per stack, expected at least %d channels, one for each operation, and 1 cell"
              .formatted(channels, cellsPerStack, LEAST_CHANNELS));
    }
  }

  /** The benchmark's own: 128 channels, 3 cells per stack. */
  public static Nb101Macro standard() {
    return new Nb101Macro(128, 3);
  }

  /** The network of a cell. */
  public Network network(Nb101Cell cell, int classes) {
    Nb101Module module = new Nb101Module(cell);
    return (scope, images) -> Network.Outputs.of(build(scope, images, module, classes));
  }

  private Tensor build(Scope scope, Tensor images, Nb101Module module, int classes) {
    Tensor x = Nb101Operation.convolution(3, channels).apply(scope.child("stem"), images);
    int width = channels;
    int index = 0;
    for (int stack = 0; stack < STACKS; stack++) {
      if (stack > 0) {
        width *= 2;
        x = halved(x);
      }
      for (int i = 0; i < cellsPerStack; i++, index++) {
        x = module.build(scope.child("cells").child(Integer.toString(index)), x, width);
      }
    }
    Tensor features = Pool.globalAverage().apply(scope, x);
    return Linear.of(classes).apply(scope.child("classifier"), features);
  }

  /** The largest of 2×2 pixels; of fewer at the lower and right border of odd extents. */
  private static Tensor halved(Tensor x) {
    int below = x.shape().get(1) % 2;
    int right = x.shape().get(2) % 2;
    return x.maxPool2d(new PoolWindow(2, 2, new Window2d(2, 2, 0, 0, below, right, 1, 1)));
  }
}
