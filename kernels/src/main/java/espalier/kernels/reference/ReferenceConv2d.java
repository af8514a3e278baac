package espalier.kernels.reference;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;

/**
 * Convolution and its two gradients: three sums over the same set of (input element, weight, output
 * element) triples, which {@link #forEachProduct} lists. Padding contributes nothing, whatever it
 * would be multiplied with.
 */
final class ReferenceConv2d {
  private ReferenceConv2d() {}

  static void forward(Call.Conv2d call, Operands operands) {
    Conv2dGeometry g = call.geometry();
    DoubleCells x = operands.numbers(call.x(), g.inputElements());
    DoubleCells w = operands.numbers(call.w(), g.weightElements());
    DoubleCells y = operands.numbers(call.y(), g.outputElements());
    y.fill(0);
    forEachProduct(g, (in, weight, out) -> y.add(out, x.get(in) * w.get(weight)));
  }

  static void inputGradient(Call.Conv2dInputGradient call, Operands operands) {
    Conv2dGeometry g = call.geometry();
    DoubleCells dy = operands.numbers(call.dy(), g.outputElements());
    DoubleCells w = operands.numbers(call.w(), g.weightElements());
    DoubleCells dx = operands.numbers(call.dx(), g.inputElements());
    dx.fill(0);
    forEachProduct(g, (in, weight, out) -> dx.add(in, dy.get(out) * w.get(weight)));
  }

  static void weightGradient(Call.Conv2dWeightGradient call, Operands operands) {
    Conv2dGeometry g = call.geometry();
    DoubleCells x = operands.numbers(call.x(), g.inputElements());
    DoubleCells dy = operands.numbers(call.dy(), g.outputElements());
    DoubleCells dw = operands.numbers(call.dw(), g.weightElements());
    dw.fill(0);
    forEachProduct(g, (in, weight, out) -> dw.add(weight, x.get(in) * dy.get(out)));
  }

  private static void forEachProduct(Conv2dGeometry g, Product product) {
    for (int image = 0; image < g.batch(); image++) {
      for (int y = 0; y < g.outHeight(); y++) {
        for (int x = 0; x < g.outWidth(); x++) {
          for (int i = 0; i < g.kernelHeight(); i++) {
            int row = y * g.strideHeight() - g.padTop() + i * g.dilationHeight();
            for (int j = 0; j < g.kernelWidth(); j++) {
              int column = x * g.strideWidth() - g.padLeft() + j * g.dilationWidth();
              if (row >= 0 && row < g.inHeight() && column >= 0 && column < g.inWidth()) {
                int inPixel = (image * g.inHeight() + row) * g.inWidth() + column;
                int outPixel = (image * g.outHeight() + y) * g.outWidth() + x;
                int tap = i * g.kernelWidth() + j;
                forEachChannelPair(g, inPixel, tap, outPixel, product);
              }
            }
          }
        }
      }
    }
  }

  private static void forEachChannelPair(
      Conv2dGeometry g, int inPixel, int tap, int outPixel, Product product) {
    for (int out = 0; out < g.outChannels(); out++) {
      int group = out / g.groupOutChannels();
      for (int c = 0; c < g.groupInChannels(); c++) {
        int in = group * g.groupInChannels() + c;
        product.at(
            inPixel * g.inChannels() + in,
            (tap * g.groupInChannels() + c) * g.outChannels() + out,
            outPixel * g.outChannels() + out);
      }
    }
  }

  /** One product of the convolution: indices of its input, its weight and the output it goes to. */
  private interface Product {
    void at(int input, int weight, int output);
  }
}
