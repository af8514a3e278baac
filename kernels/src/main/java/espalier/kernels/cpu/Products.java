package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import java.util.List;

/** The sums of products of one twin, put together from its tiles. */
final class Products implements ProductKernels {
  private final Gemm gemm;
  private final Convolution convolution;

  /**
   * Products made of the given tiles.
   *
   * @param alongTerms products whose left operand has its terms contiguous
   * @param alongRows products whose left operand has its rows contiguous
   * @param depthwise for many channels first, the last for any number
   * @param depthwiseGradients for many channels first, the last for any number
   */
  Products(
      TiledProduct alongTerms,
      TiledProduct alongRows,
      List<DepthwiseTile> depthwise,
      List<DepthwiseGradientTile> depthwiseGradients) {
    gemm = new Gemm(alongTerms, alongRows);
    convolution =
        new Convolution(
            gemm,
            new DenseConvolution(alongTerms, alongRows),
            new DepthwiseConvolution(depthwise, depthwiseGradients));
  }

  @Override
  public void gemm(Call.Gemm call, Frame frame) {
    gemm.run(call, frame);
  }

  @Override
  public void conv2d(Call.Conv2d call, Frame frame) {
    convolution.forward(call, frame);
  }

  @Override
  public void conv2dInputGradient(Call.Conv2dInputGradient call, Frame frame) {
    convolution.inputGradient(call, frame);
  }

  @Override
  public void conv2dWeightGradient(Call.Conv2dWeightGradient call, Frame frame) {
    convolution.weightGradient(call, frame);
  }
}
