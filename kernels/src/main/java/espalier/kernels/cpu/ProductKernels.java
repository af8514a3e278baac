package espalier.kernels.cpu;

import espalier.kernels.spi.Call;

/** The calls that are sums of products. */
interface ProductKernels {
  /** See {@link Call.Gemm}. */
  void gemm(Call.Gemm call, Frame frame);

  /** See {@link Call.Conv2d}. */
  void conv2d(Call.Conv2d call, Frame frame);

  /** See {@link Call.Conv2dInputGradient}. */
  void conv2dInputGradient(Call.Conv2dInputGradient call, Frame frame);

  /** See {@link Call.Conv2dWeightGradient}. */
  void conv2dWeightGradient(Call.Conv2dWeightGradient call, Frame frame);
}
