package espalier.plan;

import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Feed;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Moments;
import espalier.core.tensor.Node;
import espalier.core.tensor.Permute;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.ReadVariable;
import espalier.core.tensor.Reduce;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import espalier.core.tensor.StopGradient;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Fn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates a graph node by node in double precision, each tensor into an array of its own: nothing
 * is merged, fused or shared. Sums run in row-major order, as the reference backend's do.
 */
final class Eager {
  private final Map<Tensor, double[]> values = new HashMap<>();
  private final Map<String, double[]> leaves;

  private Eager(Map<String, double[]> leaves) {
    this.leaves = leaves;
  }

  /** Evaluates all of {@code graph}; {@code leaves} holds feeds and variables by name. */
  static Eager evaluate(Graph graph, Map<String, double[]> leaves) {
    Eager eager = new Eager(leaves);
    graph.nodes().forEach(eager::evaluate);
    return eager;
  }

  double[] value(Tensor tensor) {
    return values.get(tensor);
  }

  private void evaluate(Node node) {
    Tensor y = node.outputs().getFirst();
    switch (node.op()) {
      case Feed feed -> values.put(y, leaves.get(feed.feed()));
      case ReadVariable read -> values.put(y, leaves.get(read.variable()));
      case Constant constant -> {
        double[] filled = new double[y.shape().size()];
        Arrays.fill(filled, constant.value());
        values.put(y, filled);
      }
      case Reshape reshape -> values.put(y, values.get(node.inputs().getFirst()));
      case StopGradient stop -> values.put(y, values.get(node.inputs().getFirst()));
      case Broadcast broadcast -> values.put(y, repeated(node.inputs().getFirst(), y.shape()));
      case Permute permute -> values.put(y, permuted(node.inputs().getFirst(), permute, y));
      case Pointwise(Fn fn) -> values.put(y, pointwise(fn, node.inputs(), y.shape()));
      case Reduce reduce -> values.put(y, reduced(reduce, node.inputs().getFirst(), y.shape()));
      case Moments moments -> moments(node.inputs().getFirst(), node.outputs());
      default -> throw new IllegalArgumentException("eager: " + node + " is not known");
    }
  }

  private double[] repeated(Tensor x, Shape target) {
    double[] from = values.get(x);
    double[] to = new double[target.size()];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[position(i, target, x.shape().stridesOver(target))];
    }
    return to;
  }

  private double[] permuted(Tensor x, Permute permute, Tensor y) {
    Dims own = x.shape().strides();
    int[] strides = new int[own.rank()];
    for (int a = 0; a < strides.length; a++) {
      strides[a] = own.get(permute.order().get(a));
    }
    double[] from = values.get(x);
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      to[i] = from[position(i, y.shape(), Dims.of(strides))];
    }
    return to;
  }

  private double[] pointwise(Fn fn, List<Tensor> inputs, Shape shape) {
    double[] a = repeated(inputs.getFirst(), shape);
    double[] b = repeated(inputs.getLast(), shape);
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = apply(fn, a[i], b[i]);
    }
    return y;
  }

  private static double apply(Fn fn, double a, double b) {
    return switch (fn) {
      case CONSTANT -> throw new IllegalArgumentException("eager: a constant has no operand");
      case NEG -> -a;
      case ABS -> Math.abs(a);
      case SQRT -> Math.sqrt(a);
      case EXP -> StrictMath.exp(a);
      case LOG -> StrictMath.log(a);
      case TANH -> StrictMath.tanh(a);
      case SIGMOID -> 1 / (1 + StrictMath.exp(-a));
      case RELU -> a < 0 ? 0 : a;
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
      case GREATER -> a > b ? 1 : 0;
      case GREATER_EQUAL -> a >= b ? 1 : 0;
    };
  }

  private double[] reduced(Reduce reduce, Tensor x, Shape kept) {
    boolean sum = reduce.name().equals("reduce_sum");
    double[] from = values.get(x);
    double[] to = new double[kept.size()];
    Arrays.fill(to, sum ? 0 : Double.NEGATIVE_INFINITY);
    for (int i = 0; i < from.length; i++) {
      int k = position(i, x.shape(), kept.stridesOver(x.shape()));
      to[k] = sum ? to[k] + from[i] : Math.max(to[k], from[i]);
    }
    return to;
  }

  private void moments(Tensor x, List<Tensor> outputs) {
    double[] from = values.get(x);
    int channels = x.shape().get(-1);
    int rows = from.length / channels;
    double[] mean = new double[channels];
    double[] variance = new double[channels];
    for (int i = 0; i < from.length; i++) {
      mean[i % channels] += from[i];
    }
    Arrays.setAll(mean, c -> mean[c] / rows);
    for (int i = 0; i < from.length; i++) {
      double deviation = from[i] - mean[i % channels];
      variance[i % channels] += deviation * deviation;
    }
    Arrays.setAll(variance, c -> variance[c] / rows);
    values.put(outputs.get(0), mean);
    values.put(outputs.get(1), variance);
  }

  /** Where element {@code index} of {@code shape} lies in a tensor read with {@code strides}. */
  private static int position(int index, Shape shape, Dims strides) {
    int position = 0;
    int rest = index;
    for (int a = shape.rank() - 1; a >= 0; a--) {
      position += rest % shape.get(a) * strides.get(a);
      rest /= shape.get(a);
    }
    return position;
  }
}
