package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Split;

/** Convolutions and their gradients: chooses what computes each geometry. */
final class Convolution {
  private final Gemm gemm;
  private final DenseConvolution dense;
  private final DepthwiseConvolution depthwise;

  Convolution(Gemm gemm, DenseConvolution dense, DepthwiseConvolution depthwise) {
    this.gemm = gemm;
    this.dense = dense;
    this.depthwise = depthwise;
  }

  /** Runs the call. */
  void forward(Call.Conv2d call, Frame frame) {
    Conv2dGeometry g = call.geometry();
    float[] x = frame.array(call.x());
    float[] w = frame.array(call.w());
    float[] y = frame.array(call.y());
    int x0 = frame.at(call.x());
    int w0 = frame.at(call.w());
    int y0 = frame.at(call.y());
    if (g.isDepthwise()) {
      depthwise.forward(g, new TapLoops.Operands(x, x0, w, w0, y, y0), frame);
    } else if (g.isPointwise()) {
      int k = g.inChannels();
      gemm.run(
          new Gemm.Matrices(pixels(g), g.outChannels(), k, false, false, x, x0, w, w0, y, y0),
          new Split(k, Math.max(1, k)),
          1,
          frame);
    } else {
      dense.forward(g, new TapLoops.Operands(x, x0, w, w0, y, y0), frame);
    }
  }

  /** Runs the call. */
  void inputGradient(Call.Conv2dInputGradient call, Frame frame) {
    Conv2dGeometry g = call.geometry();
    float[] dy = frame.array(call.dy());
    float[] w = frame.array(call.w());
    float[] dx = frame.array(call.dx());
    int dy0 = frame.at(call.dy());
    int w0 = frame.at(call.w());
    int dx0 = frame.at(call.dx());
    if (g.isDepthwise()) {
      depthwise.inputGradient(g, new TapLoops.Operands(dy, dy0, w, w0, dx, dx0), frame);
    } else if (g.isPointwise()) {
      int k = g.outChannels();
      float[] exchanged = frame.scratchArray();
      int e0 = frame.scratchAt();
      DenseConvolution.exchangeChannels(g, w, w0, exchanged, e0, frame.workers());
      gemm.run(
          new Gemm.Matrices(
              pixels(g), g.inChannels(), k, false, false, dy, dy0, exchanged, e0, dx, dx0),
          new Split(k, Math.max(1, k)),
          1,
          frame);
    } else {
      dense.inputGradient(g, new TapLoops.Operands(dy, dy0, w, w0, dx, dx0), frame);
    }
  }

  /** Runs the call. */
  void weightGradient(Call.Conv2dWeightGradient call, Frame frame) {
    Conv2dGeometry g = call.geometry();
    Split split = call.split();
    float[] x = frame.array(call.x());
    float[] dy = frame.array(call.dy());
    float[] dw = frame.array(call.dw());
    int x0 = frame.at(call.x());
    int dy0 = frame.at(call.dy());
    int dw0 = frame.at(call.dw());
    if (g.isPointwise() && !g.isDepthwise()) {
      gemm.run(
          new Gemm.Matrices(
              g.inChannels(), g.outChannels(), pixels(g), true, false, x, x0, dy, dy0, dw, dw0),
          split,
          g.outHeight() * g.outWidth(),
          frame);
      return;
    }
    boolean whole = split.parts() == 1;
    float[] to = whole ? dw : frame.scratchArray();
    int to0 = whole ? dw0 : frame.scratchAt();
    if (g.isDepthwise()) {
      depthwise.weightGradient(g, split, x, x0, dy, dy0, to, to0, frame);
    } else {
      dense.weightGradient(g, split, x, x0, dy, dy0, to, to0, frame);
    }
    if (!whole) {
      PartialSums.join(split, g.weightElements(), to, to0, dw, dw0, frame.workers());
    }
  }

  private static int pixels(Conv2dGeometry g) {
    return g.batch() * g.outHeight() * g.outWidth();
  }
}
