package espalier.kernels.cpu;

import espalier.kernels.spi.Call;

/** The calls that are not sums of products: element-wise work, pooling, reductions, moves. */
interface PointKernels {
  /** See {@link Call.MaxPool}. */
  void maxPool(Call.MaxPool call, Frame frame);

  /** See {@link Call.MaxPoolScatter}. */
  void maxPoolScatter(Call.MaxPoolScatter call, Frame frame);

  /** See {@link Call.MaxPoolGather}. */
  void maxPoolGather(Call.MaxPoolGather call, Frame frame);

  /** See {@link Call.AveragePool}. */
  void averagePool(Call.AveragePool call, Frame frame);

  /** See {@link Call.AveragePoolGradient}. */
  void averagePoolGradient(Call.AveragePoolGradient call, Frame frame);

  /** See {@link Call.Moments}. */
  void moments(Call.Moments call, Frame frame);

  /** Computes the parts of the call, or of a piece of it, into scratch memory. */
  void momentParts(Call.Moments call, Frame frame);

  /** Joins the parts of the call that {@link #momentParts} left in scratch memory. */
  void joinMoments(Call.Moments call, Frame frame);

  /** See {@link Call.Map}. */
  void map(Call.Map call, Frame frame);

  /** See {@link Call.Reduce}. */
  void reduce(Call.Reduce call, Frame frame);

  /** See {@link Call.Softmax}. */
  void softmax(Call.Softmax call, Frame frame);

  /** See {@link Call.Copy}. */
  void copy(Call.Copy call, Frame frame);

  /** See {@link Call.Fill}. */
  void fill(Call.Fill call, Frame frame);

  /** See {@link Call.OneHot}. */
  void oneHot(Call.OneHot call, Frame frame);

  /** See {@link Call.GatherRows}. */
  void gatherRows(Call.GatherRows call, Frame frame);

  /** See {@link Call.ScatterRows}. */
  void scatterRows(Call.ScatterRows call, Frame frame);

  /** See {@link Call.Uniform}. */
  void uniform(Call.Uniform call, Frame frame);
}
