package espalier.kernels.cpu;

import espalier.kernels.spi.Call;

/** One kernel per kind of call. The scalar and the SIMD twin compute the same bits. */
record Kernels(ProductKernels products, PointKernels points) {

  /** Runs the kernel of {@code call}. */
  void run(Call call, Frame frame) {
    switch (call) {
      case Call.Gemm c -> products.gemm(c, frame);
      case Call.Conv2d c -> products.conv2d(c, frame);
      case Call.Conv2dInputGradient c -> products.conv2dInputGradient(c, frame);
      case Call.Conv2dWeightGradient c -> products.conv2dWeightGradient(c, frame);
      case Call.MaxPool c -> points.maxPool(c, frame);
      case Call.MaxPoolScatter c -> points.maxPoolScatter(c, frame);
      case Call.MaxPoolGather c -> points.maxPoolGather(c, frame);
      case Call.AveragePool c -> points.averagePool(c, frame);
      case Call.AveragePoolGradient c -> points.averagePoolGradient(c, frame);
      case Call.Moments c -> points.moments(c, frame);
      case Call.Map c -> points.map(c, frame);
      case Call.Reduce c -> points.reduce(c, frame);
      case Call.Softmax c -> points.softmax(c, frame);
      case Call.Copy c -> points.copy(c, frame);
      case Call.Fill c -> points.fill(c, frame);
      case Call.OneHot c -> points.oneHot(c, frame);
      case Call.Uniform c -> points.uniform(c, frame);
    }
  }
}
