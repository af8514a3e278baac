package espalier.core.nn;

import espalier.core.tensor.AveragePool2d;
import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Concat;
import espalier.core.tensor.Conv2d;
import espalier.core.tensor.Feed;
import espalier.core.tensor.MatMul;
import espalier.core.tensor.MaxPool2d;
import espalier.core.tensor.Node;
import espalier.core.tensor.Op;
import espalier.core.tensor.Pad;
import espalier.core.tensor.Permute;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.Reduce;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Slice;
import espalier.core.tensor.Softmax;
import espalier.core.tensor.Tensor;
import java.util.function.Predicate;

/** What an operation of a graph stored for one image is for a batch of them. */
final class BatchRule {
  /*
   * In the stored graph every tensor that depends on the images has extent 1 at axis 0; that axis
   * is the batch. For n images the feed has extent n there, and so has each tensor that depends on
   * it, provided that every operation maps axis 0 to axis 0 and no element to another row. Rows
   * are outermost, so a reshape, a slice, a padding or a broadcast that keeps extent 1 at axis 0
   * keeps it at n. Tensors that do not depend on the images are the same for all of them and stay
   * as they are. Whatever cannot be shown to keep to this is refused.
   */
  private final Predicate<Tensor> perImage;

  /** The rule for a graph in which {@code perImage} tells what depends on the images. */
  BatchRule(Predicate<Tensor> perImage) {
    this.perImage = perImage;
  }

  /**
   * The operation of a node that depends on the images, for a batch of {@code n}.
   *
   * @throws IllegalArgumentException if it could mix images
   */
  Op rebatched(Node node, int n) {
    if (!keepsRows(node)) {
      throw new IllegalArgumentException(
          "%s of %s to %s: could mix the images of a batch, wanted an operation that leaves axis 0 alone"
              .formatted(
                  node.op().name(),
                  node.inputs().stream().map(Tensor::shape).toList(),
                  output(node)));
    }
    return switch (node.op()) {
      case Feed(String feed, Shape shape) -> new Feed(feed, shape.with(0, n));
      case Broadcast(Shape shape) -> new Broadcast(shape.with(0, n));
      case Reshape(Shape shape) -> new Reshape(shape.with(0, n));
      case Slice(var offsets, Shape extents) -> new Slice(offsets, extents.with(0, n));
      case Pad(var offsets, Shape target) -> new Pad(offsets, target.with(0, n));
      default -> node.op();
    };
  }

  private boolean keepsRows(Node node) {
    Shape shape = output(node);
    return shape.rank() > 0
        && shape.get(0) == 1
        && switch (node.op()) {
          case Feed _, Reshape _, Slice _, Pad _, MaxPool2d _, AveragePool2d _ -> true;
          case Pointwise _, Broadcast _ -> alignsRows(node);
          case Softmax _ -> shape.rank() > 1;
          case Reduce reduce -> reduce.from() > 0;
          case Permute permute -> permute.order().get(0) == 0;
          case Concat concat -> concat.axis() > 0;
          case MatMul product -> !product.transposeA() && !perImage.test(node.inputs().get(1));
          case Conv2d _ -> !perImage.test(node.inputs().get(1));
          default -> false;
        };
  }

  /** Axes are aligned at the last, so axis 0 meets axis 0 only where the ranks are equal. */
  private boolean alignsRows(Node node) {
    return node.inputs().stream()
        .filter(perImage)
        .allMatch(input -> input.shape().rank() == output(node).rank());
  }

  private static Shape output(Node node) {
    return node.outputs().getFirst().shape();
  }
}
