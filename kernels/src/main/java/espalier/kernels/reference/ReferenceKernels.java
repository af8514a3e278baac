package espalier.kernels.reference;

import espalier.kernels.spi.Call;

/** The kernel of each call. */
final class ReferenceKernels {
  private ReferenceKernels() {}

  static void run(Call call, Operands operands) {
    switch (call) {
      case Call.Gemm gemm -> ReferenceGemm.run(gemm, operands);
      case Call.Conv2d conv -> ReferenceConv2d.forward(conv, operands);
      case Call.Conv2dInputGradient conv -> ReferenceConv2d.inputGradient(conv, operands);
      case Call.Conv2dWeightGradient conv -> ReferenceConv2d.weightGradient(conv, operands);
      case Call.MaxPool pool -> ReferenceMaxPool.forward(pool, operands);
      case Call.MaxPoolScatter pool -> ReferenceMaxPool.scatter(pool, operands);
      case Call.MaxPoolGather pool -> ReferenceMaxPool.gather(pool, operands);
      case Call.AveragePool pool -> ReferenceAveragePool.forward(pool, operands);
      case Call.AveragePoolGradient pool -> ReferenceAveragePool.gradient(pool, operands);
      case Call.Moments moments -> ReferenceMoments.run(moments, operands);
      case Call.Map map -> ReferenceElementwise.map(map, operands);
      case Call.Reduce reduce -> ReferenceElementwise.reduce(reduce, operands);
      case Call.Softmax softmax -> ReferenceSoftmax.run(softmax, operands);
      case Call.Copy copy -> ReferenceMovement.copy(copy, operands);
      case Call.Fill fill -> ReferenceMovement.fill(fill, operands);
      case Call.OneHot oneHot -> ReferenceMovement.oneHot(oneHot, operands);
      case Call.GatherRows gather -> ReferenceMovement.gatherRows(gather, operands);
      case Call.ScatterRows scatter -> ReferenceMovement.scatterRows(scatter, operands);
      case Call.Uniform uniform -> ReferenceUniform.run(uniform, operands);
    }
  }
}
