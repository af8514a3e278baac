package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Split;
import java.util.List;

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
      case Call.GatherRows c -> points.gatherRows(c, frame);
      case Call.ScatterRows c -> points.scatterRows(c, frame);
      case Call.Uniform c -> points.uniform(c, frame);
    }
  }

  /** Joins the parts of a sum over images that lie in scratch memory. */
  void join(Call call, Frame frame) {
    switch (call) {
      case Call.Moments c -> points.joinMoments(c, frame);
      case Call.Conv2dWeightGradient c -> join(c.split(), c.writes(), frame);
      case Call.Reduce c -> join(c.split(), c.writes(), frame);
      default -> throw new IllegalArgumentException("join: " + call + " is not a sum");
    }
  }

  private static void join(Split split, List<Ref> outputs, Frame frame) {
    int at = frame.scratchAt();
    for (Ref y : outputs) {
      int elements = frame.elements(y);
      PartialSums.join(
          split, elements, frame.scratchArray(), at, frame.array(y), frame.at(y), frame.workers());
      at += split.parts() * elements;
    }
  }
}
