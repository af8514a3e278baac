package espalier.bench.peers;

import espalier.bench.Backpropagation;
import espalier.bench.Classification;
import espalier.bench.Convolution;
import espalier.bench.Job;
import espalier.bench.NormalCell;
import espalier.bench.Normalization;
import espalier.bench.Pooling;
import espalier.bench.Product;
import espalier.bench.Row;
import espalier.bench.SearchStep;
import espalier.bench.TrainingStep;
import espalier.core.space.DartsSpace;
import org.bytedeco.openblas.presets.openblas;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The peer: each row computed by libtorch. */
final class Libtorch {
  /** Its name in reports. */
  static final String NAME = "libtorch";

  private Libtorch() {}

  /**
   * Has it use so many threads. Its matrix products come from OpenBLAS, whose threads are its own.
   */
  static void useThreads(int threads) {
    torch.set_num_threads(threads);
    openblas.blas_set_num_threads(threads);
    if (torch.get_num_threads() != threads || openblas.blas_get_num_threads() != threads) {
      throw new IllegalStateException(
          "libtorch: uses %d threads and OpenBLAS %d, expected %d"
              .formatted(torch.get_num_threads(), openblas.blas_get_num_threads(), threads));
    }
  }

  /** The job of a row in a layout, from the initial values that ours has. */
  static Job open(Row row, Layout layout) {
    return switch (row) {
      case Product product -> new ProductPeer(product, layout);
      case Convolution c ->
          new BackpropagationPeer(
              c.assembly(), layout, at -> at.conv(at.get(Backpropagation.X), 1, c.dilation()));
      case Pooling pooling ->
          new BackpropagationPeer(pooling.assembly(), layout, at -> pool(pooling, at));
      case Normalization n ->
          new BackpropagationPeer(n.assembly(), layout, at -> at.norm(at.get(Backpropagation.X)));
      case NormalCell cell ->
          new BackpropagationPeer(cell.assembly(), layout, Libtorch::normalCell);
      case SearchStep step -> new SearchPeer(step, layout);
      case TrainingStep step -> new TrainingPeer(step, layout);
      case Classification classification -> new ClassificationPeer(classification, layout);
    };
  }

  private static Tensor pool(Pooling pooling, Place at) {
    Tensor x = at.get(Backpropagation.X);
    return switch (pooling.kind()) {
      case MAX -> Place.maxPool(x, 1);
      case AVERAGE -> Place.averagePool(x, 1);
    };
  }

  private static Tensor normalCell(Place at) {
    Tensor weights = torch.softmax(at.get(SearchStep.ALPHA.getFirst()), -1);
    return new MixedCell(DartsSpace.cifar().cellSpaces().getFirst())
        .build(
            at, at.get(NormalCell.INPUTS.getFirst()), at.get(NormalCell.INPUTS.getLast()), weights);
  }
}
