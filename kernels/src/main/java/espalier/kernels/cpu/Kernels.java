package espalier.kernels.cpu;

import espalier.kernels.spi.Call;

/** One kernel per kind of call. The scalar and the SIMD twin compute the same bits. */
interface Kernels extends ProductKernels, PointKernels {

  /** Runs the kernel of {@code call}. */
  default void run(Call call, Frame frame) {
    switch (call) {
      case Call.Gemm c -> gemm(c, frame);
      case Call.Conv2d c -> conv2d(c, frame);
      case Call.Conv2dInputGradient c -> conv2dInputGradient(c, frame);
      case Call.Conv2dWeightGradient c -> conv2dWeightGradient(c, frame);
      case Call.MaxPool c -> maxPool(c, frame);
      case Call.MaxPoolScatter c -> maxPoolScatter(c, frame);
      case Call.MaxPoolGather c -> maxPoolGather(c, frame);
      case Call.AveragePool c -> averagePool(c, frame);
      case Call.AveragePoolGradient c -> averagePoolGradient(c, frame);
      case Call.Moments c -> moments(c, frame);
      case Call.Map c -> map(c, frame);
      case Call.Reduce c -> reduce(c, frame);
      case Call.Softmax c -> softmax(c, frame);
      case Call.Copy c -> copy(c, frame);
      case Call.Fill c -> fill(c, frame);
      case Call.OneHot c -> oneHot(c, frame);
      case Call.Uniform c -> uniform(c, frame);
    }
  }
}
