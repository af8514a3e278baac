package espalier.kernels.cpu;

import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Split;
import java.util.List;

/** Convolutions that keep channels apart, a vector of channels at a time. */
final class DepthwiseConvolution {
  private final List<DepthwiseTile> tiles;
  private final List<DepthwiseGradientTile> gradientTiles;

  /** Of tiles for many channels first, the last for any number. */
  DepthwiseConvolution(List<DepthwiseTile> tiles, List<DepthwiseGradientTile> gradientTiles) {
    this.tiles = List.copyOf(tiles);
    this.gradientTiles = List.copyOf(gradientTiles);
  }

  /** Computes y from x and w, the source and target of {@code operands}. */
  void forward(Conv2dGeometry g, TapLoops.Operands operands, Frame frame) {
    frame.prepared(DepthwisePass.class, () -> forward(g, frame)).run(operands, frame.workers());
  }

  private DepthwisePass forward(Conv2dGeometry g, Frame frame) {
    TapAxis columns =
        TapAxis.paddedForward(
            g.outWidth(), g.kernelWidth(), g.strideWidth(), g.padLeft(), g.dilationWidth());
    return pass(g, TapLoops.forward(g), columns, frame);
  }

  /** Computes dx from dy and w, the target and source of {@code operands}. */
  void inputGradient(Conv2dGeometry g, TapLoops.Operands operands, Frame frame) {
    frame.prepared(DepthwisePass.class, () -> backward(g, frame)).run(operands, frame.workers());
  }

  private DepthwisePass backward(Conv2dGeometry g, Frame frame) {
    TapAxis columns =
        TapAxis.paddedBackward(
            g.inWidth(), g.kernelWidth(), g.strideWidth(), g.padLeft(), g.dilationWidth());
    return pass(g, TapLoops.backward(g), columns, frame);
  }

  private DepthwisePass pass(Conv2dGeometry g, TapLoops loops, TapAxis columns, Frame frame) {
    DepthwisePass.Shape shape =
        new DepthwisePass.Shape(
            g.batch(),
            loops.rows(),
            columns,
            loops.source(),
            loops.target(),
            g.kernelWidth(),
            g.kernelHeight() * g.kernelWidth());
    return new DepthwisePass(shape, tiles, frame.workers().threads());
  }

  /**
   * Computes each part of dw from x and dy.
   *
   * @param split how the images are cut
   * @param dw part {@code p} is written from {@code dw0 + p · weights} on
   */
  void weightGradient(
      Conv2dGeometry g,
      Split split,
      float[] x,
      int x0,
      float[] dy,
      int dy0,
      float[] dw,
      int dw0,
      Frame frame) {
    frame
        .prepared(DepthwiseGradient.class, () -> new DepthwiseGradient(g, gradientTiles))
        .run(split, x, x0, dy, dy0, dw, dw0, frame.workers());
  }
}
