package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Fn;
import java.util.ArrayList;
import java.util.List;

/**
 * An output of a node: a shape and who produces it, no storage. The methods apply operations of the
 * tensor's graph; element-wise ones broadcast their operands, axes aligned at the last.
 */
public final class Tensor {
  private final Node node;
  private final int index;
  private final Shape shape;
  private final DType type;

  Tensor(Node node, int index, Shape shape, DType type) {
    this.node = node;
    this.index = index;
    this.shape = shape;
    this.type = type;
  }

  /** The node that yields this tensor. */
  public Node node() {
    return node;
  }

  /** Which of the node's outputs it is. */
  public int index() {
    return index;
  }

  /** Extents. */
  public Shape shape() {
    return shape;
  }

  /** Element type. */
  public DType type() {
    return type;
  }

  /** The graph it belongs to. */
  public Graph graph() {
    return node.graph();
  }

  private Tensor apply(Op op, Tensor... others) {
    List<Tensor> operands = new ArrayList<>(List.of(this));
    operands.addAll(List.of(others));
    return graph().apply(op, operands).getFirst();
  }

  // Element by element.

  /** this + other. */
  public Tensor add(Tensor other) {
    return apply(new Pointwise(Fn.ADD), other);
  }

  /** this + number. */
  public Tensor add(double number) {
    return add(graph().constant(number));
  }

  /** this − other. */
  public Tensor sub(Tensor other) {
    return apply(new Pointwise(Fn.SUB), other);
  }

  /** this · other. */
  public Tensor mul(Tensor other) {
    return apply(new Pointwise(Fn.MUL), other);
  }

  /** this · number. */
  public Tensor mul(double number) {
    return mul(graph().constant(number));
  }

  /** this / other. */
  public Tensor div(Tensor other) {
    return apply(new Pointwise(Fn.DIV), other);
  }

  /** The larger of this and other. */
  public Tensor max(Tensor other) {
    return apply(new Pointwise(Fn.MAX), other);
  }

  /** The smaller of this and other. */
  public Tensor min(Tensor other) {
    return apply(new Pointwise(Fn.MIN), other);
  }

  /** 1 where this is greater than other, else 0; no gradient. */
  public Tensor greater(Tensor other) {
    return apply(new Pointwise(Fn.GREATER), other);
  }

  /** 1 where this is greater than the number, else 0; no gradient. */
  public Tensor greater(double number) {
    return greater(graph().constant(number));
  }

  /** 1 where this is at least other, else 0; no gradient. */
  public Tensor greaterEqual(Tensor other) {
    return apply(new Pointwise(Fn.GREATER_EQUAL), other);
  }

  /** −this. */
  public Tensor neg() {
    return apply(new Pointwise(Fn.NEG));
  }

  /** Absolute value. */
  public Tensor abs() {
    return apply(new Pointwise(Fn.ABS));
  }

  /** Square root. */
  public Tensor sqrt() {
    return apply(new Pointwise(Fn.SQRT));
  }

  /** Exponential. */
  public Tensor exp() {
    return apply(new Pointwise(Fn.EXP));
  }

  /** Natural logarithm. */
  public Tensor log() {
    return apply(new Pointwise(Fn.LOG));
  }

  /** Hyperbolic tangent. */
  public Tensor tanh() {
    return apply(new Pointwise(Fn.TANH));
  }

  /** Logistic function. */
  public Tensor sigmoid() {
    return apply(new Pointwise(Fn.SIGMOID));
  }

  /** Rectifier. */
  public Tensor relu() {
    return apply(new Pointwise(Fn.RELU));
  }

  /** The same values, through which no gradient flows. */
  public Tensor stopGradient() {
    return apply(new StopGradient());
  }

  // Shape.

  /** The same elements under another shape. */
  public Tensor reshape(Shape target) {
    return target.equals(shape) ? this : apply(new Reshape(target));
  }

  /** Repeated to a larger shape. */
  public Tensor broadcast(Shape target) {
    return target.equals(shape) ? this : apply(new Broadcast(target));
  }

  /** Axis {@code a} of the result is axis {@code order[a]} of this. */
  public Tensor permute(int... order) {
    return apply(new Permute(Dims.of(order)));
  }

  /** The box of {@code extents} that starts at {@code offsets}. */
  public Tensor slice(Dims offsets, Shape extents) {
    Slice.check("slice", offsets, extents, shape);
    return extents.equals(shape) ? this : apply(new Slice(offsets, extents));
  }

  /** Indices {@code from … to − 1} of one axis. */
  public Tensor slice(int axis, int from, int to) {
    if (axis < 0 || axis >= shape.rank()) {
      throw new IllegalArgumentException(
          "slice: axis %d of %s, expected 0 to %d".formatted(axis, shape, shape.rank() - 1));
    }
    int[] offsets = new int[shape.rank()];
    offsets[axis] = from;
    return slice(Dims.of(offsets), shape.with(axis, to - from));
  }

  /** Equal parts along {@code axis}. */
  public List<Tensor> split(int axis, int parts) {
    return parts == 1 ? List.of(this) : graph().apply(new Split(axis, parts), List.of(this));
  }

  /** This tensor at {@code offsets} within a tensor of zeros. */
  public Tensor pad(Dims offsets, Shape target) {
    Slice.check("pad", offsets, shape, target);
    return target.equals(shape) ? this : apply(new Pad(offsets, target));
  }

  /** Tensors one after another along {@code axis}. */
  public static Tensor concat(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat: no operands, expected at least one");
    }
    return parts.size() == 1
        ? parts.getFirst()
        : parts.getFirst().graph().apply(new Concat(axis), parts).getFirst();
  }

  // Reductions; reduced axes keep extent 1.

  /** Sum over axes {@code from … to − 1}; factors that do not vary along them are taken out. */
  public Tensor sum(int from, int to) {
    return from == to ? this : FactoredSum.of(this, from, to);
  }

  /** Sum of all elements, as a scalar. */
  public Tensor sum() {
    return sum(0, shape.rank()).reshape(Shape.SCALAR);
  }

  /** Mean over axes {@code from … to − 1}. */
  public Tensor mean(int from, int to) {
    return sum(from, to).mul(1.0 / shape.dims().product(from, to));
  }

  /** Mean of all elements, as a scalar. */
  public Tensor mean() {
    return sum().mul(1.0 / shape.size());
  }

  /** Maximum over axes {@code from … to − 1}. */
  public Tensor max(int from, int to) {
    return apply(new Reduce(Call.Reduce.Kind.MAX, from, to));
  }

  /** Sums what broadcasting from {@code target} to this shape repeated. */
  public Tensor sumTo(Shape target) {
    if (target.equals(shape)) {
      return this;
    }
    int lead = shape.rank() - target.rank();
    Tensor sum = this;
    for (int end = shape.rank(); end > 0; ) {
      int from = end;
      while (from > 0 && (from - 1 < lead || target.get(from - 1 - lead) != shape.get(from - 1))) {
        from--;
      }
      sum = sum.sum(from, end);
      end = from == end ? end - 1 : from;
    }
    return sum.reshape(target);
  }

  // Layers' arithmetic.

  /** Matrix product of [m, k] and [k, n]. */
  public Tensor matmul(Tensor other) {
    return apply(new MatMul(false, false), other);
  }

  /** Matrix product with either operand transposed. */
  public Tensor matmul(Tensor other, boolean transposeThis, boolean transposeOther) {
    return apply(new MatMul(transposeThis, transposeOther), other);
  }

  /** Convolution of [N, H, W, C] by weights [kh, kw, C / groups, K]. */
  public Tensor conv2d(Tensor weights, Window2d window, int groups) {
    return apply(new Conv2d(window, groups), weights);
  }

  /** Largest element of each window of [N, H, W, C]. */
  public Tensor maxPool2d(PoolWindow window) {
    return apply(new MaxPool2d(window));
  }

  /** Mean of each window of [N, H, W, C], padding not counted. */
  public Tensor averagePool2d(PoolWindow window) {
    return apply(new AveragePool2d(window));
  }

  /** Mean and biased variance of each channel of [..., C], both [C]. */
  public List<Tensor> moments() {
    return graph().apply(new Moments(), List.of(this));
  }

  /** Softmax along the last axis. */
  public Tensor softmax() {
    return apply(new Softmax(false));
  }

  /** Logarithm of the softmax along the last axis. */
  public Tensor logSoftmax() {
    return apply(new Softmax(true));
  }

  /** Labels [...] as rows [..., classes] of one 1 each. */
  public Tensor oneHot(int classes) {
    return apply(new OneHot(classes));
  }

  /** The rows of this table [entries, width] that {@code indices} [...] name: [..., width]. */
  public Tensor gatherRows(Tensor indices) {
    return apply(new GatherRows(), indices);
  }

  /**
   * These rows [..., width] added up in a table [entries, width] where {@code indices} [...] say.
   */
  public Tensor scatterRows(Tensor indices, int entries) {
    return apply(new ScatterRows(entries), indices);
  }

  @Override
  public String toString() {
    return node + (node.outputs().size() > 1 ? "." + index : "") + " " + shape;
  }
}
