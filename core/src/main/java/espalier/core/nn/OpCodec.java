package espalier.core.nn;

import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.tensor.AveragePool2d;
import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Concat;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Conv2d;
import espalier.core.tensor.Feed;
import espalier.core.tensor.MatMul;
import espalier.core.tensor.MaxPool2d;
import espalier.core.tensor.Op;
import espalier.core.tensor.Pad;
import espalier.core.tensor.Permute;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.ReadVariable;
import espalier.core.tensor.Reduce;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Slice;
import espalier.core.tensor.Softmax;
import espalier.core.tensor.Window2d;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Fn;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The operations a saved graph may hold and what is written of each beside its name, its inputs and
 * its output shape: two tables, there and back.
 */
final class OpCodec {
  /*
   * Numbers are bounded where they are read, so that no shape rule can overflow whatever a file
   * says: extents and offsets below 2^24, dilations (which are multiplied by extents) below 2^6.
   */
  static final int MOST_EXTENT = 1 << 24;

  private static final int MOST_DILATION = 1 << 6;

  private static final Map<String, Fn> FUNCTIONS =
      Arrays.stream(Fn.values())
          .filter(fn -> fn != Fn.CONSTANT)
          .collect(
              Collectors.toUnmodifiableMap(fn -> fn.name().toLowerCase(Locale.ROOT), fn -> fn));

  private OpCodec() {}

  /**
   * What is written of an operation.
   *
   * @throws IllegalArgumentException if a saved graph cannot hold it
   */
  static Json.Obj attributes(Op op) {
    return switch (op) {
      case Feed feed -> with("name", Json.of(feed.feed()));
      case ReadVariable read -> with("name", Json.of(read.variable()));
      case Constant constant -> with("value", Json.of(constant.value()));
      case Pointwise _, Broadcast _, Reshape _, Softmax _ -> Json.object();
      case Reduce(_, int from, int to) -> with("axes", Json.wholes(from, to));
      case MatMul(boolean a, boolean b) ->
          with("transpose", Json.array(List.of(Json.of(a), Json.of(b))));
      case Conv2d(Window2d window, int groups) -> moves(window).with("groups", Json.of(groups));
      case MaxPool2d(PoolWindow window) -> pool(window);
      case AveragePool2d(PoolWindow window) -> pool(window);
      case Slice(Dims offsets, _) -> with("offsets", Json.wholes(offsets.toArray()));
      case Pad(Dims offsets, _) -> with("offsets", Json.wholes(offsets.toArray()));
      case Permute(Dims order) -> with("order", Json.wholes(order.toArray()));
      case Concat(int axis) -> with("axis", Json.of(axis));
      default ->
          throw new IllegalArgumentException(
              "graph: a model cannot be saved with the operation %s".formatted(op.name()));
    };
  }

  /**
   * The operation a node of a file names.
   *
   * @param shape the node's output shape
   * @throws IllegalArgumentException if its numbers fit no operation
   */
  static Op read(JsonDocument node, Shape shape) {
    String name = node.string("op");
    Fn function = FUNCTIONS.get(name);
    if (function != null) {
      return new Pointwise(function);
    }
    return switch (name) {
      case "feed" -> new Feed(node.string("name"), shape);
      case "variable" -> new ReadVariable(node.string("name"), shape);
      case "constant" -> new Constant(node.real("value"), shape);
      case "broadcast" -> new Broadcast(shape);
      case "reshape" -> new Reshape(shape);
      case "softmax" -> new Softmax(false);
      case "log_softmax" -> new Softmax(true);
      case "reduce_sum" -> reduce(Call.Reduce.Kind.SUM, node);
      case "reduce_max" -> reduce(Call.Reduce.Kind.MAX, node);
      case "matmul" -> matmul(node);
      case "conv2d" -> new Conv2d(window(node), number(node.get("groups"), 1, MOST_EXTENT));
      case "max_pool2d" -> new MaxPool2d(poolWindow(node));
      case "average_pool2d" -> new AveragePool2d(poolWindow(node));
      case "slice" -> new Slice(dims(node, "offsets", shape.rank()), shape);
      case "pad" -> new Pad(dims(node, "offsets", shape.rank()), shape);
      case "permute" -> new Permute(dims(node, "order", shape.rank()));
      case "concat" -> new Concat(number(node.get("axis"), 0, MOST_EXTENT));
      default ->
          throw node.get("op")
              .error(
                  "is '%s', which is no operation known here; use a newer release".formatted(name));
    };
  }

  private static Json.Obj with(String name, Json value) {
    return Json.object().with(name, value);
  }

  private static Json.Obj pool(PoolWindow window) {
    return with("size", Json.wholes(window.height(), window.width()))
        .with("window", moves(window.window()));
  }

  private static Json.Obj moves(Window2d w) {
    return with("stride", Json.wholes(w.strideHeight(), w.strideWidth()))
        .with("padding", Json.wholes(w.padTop(), w.padLeft(), w.padBottom(), w.padRight()))
        .with("dilation", Json.wholes(w.dilationHeight(), w.dilationWidth()));
  }

  private static PoolWindow poolWindow(JsonDocument node) {
    int[] size = numbers(node, "size", 2, 1, MOST_EXTENT);
    return new PoolWindow(size[0], size[1], window(node.get("window")));
  }

  private static Window2d window(JsonDocument at) {
    int[] stride = numbers(at, "stride", 2, 1, MOST_EXTENT);
    int[] padding = numbers(at, "padding", 4, 0, MOST_EXTENT);
    int[] dilation = numbers(at, "dilation", 2, 1, MOST_DILATION);
    return new Window2d(
        stride[0],
        stride[1],
        padding[0],
        padding[1],
        padding[2],
        padding[3],
        dilation[0],
        dilation[1]);
  }

  private static Reduce reduce(Call.Reduce.Kind kind, JsonDocument node) {
    int[] axes = numbers(node, "axes", 2, 0, MOST_EXTENT);
    return new Reduce(kind, axes[0], axes[1]);
  }

  private static MatMul matmul(JsonDocument node) {
    List<JsonDocument> transpose = node.list("transpose");
    requireCount(node.get("transpose"), transpose.size(), 2);
    return new MatMul(transpose.get(0).asBoolean(), transpose.get(1).asBoolean());
  }

  private static Dims dims(JsonDocument node, String name, int rank) {
    return Dims.of(numbers(node, name, rank, 0, MOST_EXTENT));
  }

  private static int[] numbers(JsonDocument at, String name, int count, int least, int most) {
    List<JsonDocument> elements = at.list(name);
    requireCount(at.get(name), elements.size(), count);
    return elements.stream().mapToInt(element -> number(element, least, most)).toArray();
  }

  static int number(JsonDocument at, int least, int most) {
    long number = at.asLong();
    if (number < least || number > most) {
      throw at.error("is %d, wanted %d to %d".formatted(number, least, most));
    }
    return (int) number;
  }

  private static void requireCount(JsonDocument at, int found, int wanted) {
    if (found != wanted) {
      throw at.error("has %d elements, wanted %d".formatted(found, wanted));
    }
  }
}
