package espalier.kernels.cpu;

import espalier.kernels.spi.Call;
import java.util.List;

/** The point kernels of one twin: what cuts, blocks and joins, over the twin's inner loops. */
final class MacroPointKernels implements PointKernels {
  private final ElementLoops elements;
  private final ElementwiseMap map;
  private final Reduction reduction;
  private final MomentsKernel moments;
  private final SoftmaxKernel softmax;
  private final Pooling pooling;

  MacroPointKernels(ElementLoops elements, ChainLoops chains, List<PoolLoops> pools) {
    this.elements = elements;
    this.map = new ElementwiseMap(elements);
    this.reduction = new Reduction(elements, chains);
    this.moments = new MomentsKernel(chains);
    this.softmax = new SoftmaxKernel(elements, chains);
    this.pooling = new Pooling(pools);
  }

  @Override
  public void maxPool(Call.MaxPool call, Frame frame) {
    pooling.max(call, frame);
  }

  @Override
  public void maxPoolScatter(Call.MaxPoolScatter call, Frame frame) {
    pooling.scatter(call, frame);
  }

  @Override
  public void maxPoolGather(Call.MaxPoolGather call, Frame frame) {
    pooling.gather(call, frame);
  }

  @Override
  public void averagePool(Call.AveragePool call, Frame frame) {
    pooling.average(call, frame);
  }

  @Override
  public void averagePoolGradient(Call.AveragePoolGradient call, Frame frame) {
    pooling.averageGradient(call, frame);
  }

  @Override
  public void moments(Call.Moments call, Frame frame) {
    moments.run(call, frame);
  }

  @Override
  public void momentParts(Call.Moments call, Frame frame) {
    moments.parts(call, frame);
  }

  @Override
  public void joinMoments(Call.Moments call, Frame frame) {
    moments.join(call, frame);
  }

  @Override
  public void map(Call.Map call, Frame frame) {
    map.run(call, frame);
  }

  @Override
  public void reduce(Call.Reduce call, Frame frame) {
    reduction.run(call, frame);
  }

  @Override
  public void softmax(Call.Softmax call, Frame frame) {
    softmax.run(call, frame);
  }

  @Override
  public void copy(Call.Copy call, Frame frame) {
    Copying.copy(call, frame, elements);
  }

  @Override
  public void fill(Call.Fill call, Frame frame) {
    Copying.fill(call, frame);
  }

  @Override
  public void oneHot(Call.OneHot call, Frame frame) {
    Copying.oneHot(call, frame);
  }

  @Override
  public void gatherRows(Call.GatherRows call, Frame frame) {
    TableRows.gather(call, frame);
  }

  @Override
  public void scatterRows(Call.ScatterRows call, Frame frame) {
    TableRows.scatter(call, frame);
  }

  @Override
  public void uniform(Call.Uniform call, Frame frame) {
    Randomness.uniform(call, frame);
  }
}
