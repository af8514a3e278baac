package espalier.kernels.reference;

import espalier.kernels.spi.Pool2dGeometry;
import java.util.stream.IntStream;

/** The windows of a pooling, one per output element. */
final class PoolWindows {
  private PoolWindows() {}

  /** Lists every window in row-major order of the outputs. */
  static void forEach(Pool2dGeometry g, Window window) {
    for (int image = 0; image < g.batch(); image++) {
      for (int y = 0; y < g.outHeight(); y++) {
        for (int x = 0; x < g.outWidth(); x++) {
          for (int channel = 0; channel < g.channels(); channel++) {
            int out = ((image * g.outHeight() + y) * g.outWidth() + x) * g.channels() + channel;
            window.at(out, inputs(g, image, y, x, channel));
          }
        }
      }
    }
  }

  private static int[] inputs(Pool2dGeometry g, int image, int y, int x, int channel) {
    IntStream.Builder inputs = IntStream.builder();
    for (int i = 0; i < g.kernelHeight(); i++) {
      int row = y * g.strideHeight() - g.padTop() + i;
      for (int j = 0; j < g.kernelWidth(); j++) {
        int column = x * g.strideWidth() - g.padLeft() + j;
        if (row >= 0 && row < g.inHeight() && column >= 0 && column < g.inWidth()) {
          inputs.add(
              ((image * g.inHeight() + row) * g.inWidth() + column) * g.channels() + channel);
        }
      }
    }
    return inputs.build().toArray();
  }

  /** One window. */
  interface Window {
    /** Output element {@code out} sees the input elements {@code inputs}, in row-major order. */
    void at(int out, int[] inputs);
  }
}
