package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;
import java.util.List;

/**
 * Convolution of x [N, H, W, C] by weights [kh, kw, C / groups, K] to [N, H', W', K]. As many
 * groups as channels make it depthwise.
 */
public record Conv2d(Window2d window, int groups) implements Op {
  @Override
  public String name() {
    return "conv2d";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    return List.of(output(name(), window, groups, inputs.get(0), inputs.get(1)));
  }

  /** Shape of the convolution of x by w, or an error that names both. */
  static Shape output(String name, Window2d window, int groups, Shape x, Shape w) {
    Conv2dGeometry g = geometry(name, window, groups, x, w);
    return Shape.of(g.batch(), g.outHeight(), g.outWidth(), g.outChannels());
  }

  /** The geometry of x and w under a window, or an error that names both. */
  static Conv2dGeometry geometry(String name, Window2d window, int groups, Shape x, Shape w) {
    if (x.rank() != 4 || w.rank() != 4) {
      throw new IllegalArgumentException(
          "%s: input %s and weights %s, expected [N, H, W, C] and [kh, kw, C / groups, K]"
              .formatted(name, x, w));
    }
    if (groups < 1 || x.get(3) != w.get(2) * groups) {
      throw new IllegalArgumentException(
          "%s: input has %d channels, weights expect %d (input %s, weights %s, %d groups)"
              .formatted(name, x.get(3), w.get(2) * groups, x, w, groups));
    }
    if (w.get(3) % groups != 0) {
      throw new IllegalArgumentException(
          "%s: %d output channels cannot be divided into %d groups (weights %s)"
              .formatted(name, w.get(3), groups, w));
    }
    int outHeight = window.outHeight(x.get(1), w.get(0));
    int outWidth = window.outWidth(x.get(2), w.get(1));
    if (outHeight < 1 || outWidth < 1) {
      throw new IllegalArgumentException(
          "%s: the kernel of weights %s is larger than the padded input %s".formatted(name, w, x));
    }
    return new Conv2dGeometry(
        x.get(0),
        x.get(1),
        x.get(2),
        x.get(3),
        outHeight,
        outWidth,
        w.get(3),
        w.get(0),
        w.get(1),
        window.strideHeight(),
        window.strideWidth(),
        window.padTop(),
        window.padLeft(),
        window.dilationHeight(),
        window.dilationWidth(),
        groups);
  }

  @Override
  public void backward(Backward pass) {
    Tensor g = pass.gradient();
    Tensor x = pass.input(0);
    Tensor w = pass.input(1);
    pass.add(
        0,
        () ->
            g.graph()
                .applyOne(
                    new Conv2dInputGradient(window, groups, x.shape().get(1), x.shape().get(2)),
                    g,
                    w));
    pass.add(
        1,
        () ->
            g.graph()
                .applyOne(
                    new Conv2dWeightGradient(window, groups, w.shape().get(0), w.shape().get(1)),
                    x,
                    g));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.Conv2d(
            geometry(name(), window, groups, to.inputShape(0), to.inputShape(1)),
            to.input(0),
            to.input(1),
            to.output(0)));
  }

  @Override
  public long multiplyAccumulates(List<Shape> inputs) {
    return geometry(name(), window, groups, inputs.get(0), inputs.get(1)).multiplyAccumulates();
  }
}
