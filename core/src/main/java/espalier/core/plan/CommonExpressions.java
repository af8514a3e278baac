package espalier.core.plan;

import espalier.core.plan.Item.Value;
import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Node;
import espalier.core.tensor.Op;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import espalier.core.tensor.StopGradient;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Fn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The part of a graph that a computation reaches, with equal expressions merged: same operation on
 * the same operands is the same item. Rewrites only where no bit can change.
 */
final class CommonExpressions {
  private final List<Item> items = new ArrayList<>();
  private final Map<Key, Item> known = new HashMap<>();
  private final Map<Tensor, Value> values = new HashMap<>();

  private record Key(Op op, List<Value> inputs) {}

  private CommonExpressions() {}

  /** Merges what {@code computation} reaches. */
  static CommonExpressions of(Computation computation) {
    CommonExpressions merged = new CommonExpressions();
    List<Node> nodes = computation.graph().nodes();
    BitSet reached = new BitSet(nodes.size());
    computation.results().forEach(tensor -> reached.set(tensor.node().id()));
    computation.assigns().values().forEach(tensor -> reached.set(tensor.node().id()));
    for (int id = nodes.size() - 1; id >= 0; id--) {
      if (reached.get(id)) {
        nodes.get(id).inputs().forEach(input -> reached.set(input.node().id()));
      }
    }
    reached.stream().forEach(id -> merged.add(nodes.get(id)));
    return merged;
  }

  /** Items in an order in which inputs precede users. */
  List<Item> items() {
    return items;
  }

  /** What a tensor of the graph became. */
  Value value(Tensor tensor) {
    return Objects.requireNonNull(values.get(tensor), "a tensor that nothing reaches");
  }

  private void add(Node node) {
    List<Value> inputs = node.inputs().stream().map(values::get).toList();
    if (node.outputs().size() == 1) {
      values.put(node.outputs().getFirst(), simplified(node, inputs));
    } else {
      Item item = item(node.op(), inputs, shapes(node), DType.F32);
      node.outputs().forEach(tensor -> values.put(tensor, item.output(tensor.index())));
    }
  }

  private Value simplified(Node node, List<Value> inputs) {
    Tensor output = node.outputs().getFirst();
    Shape shape = output.shape();
    Op op = node.op();
    if (op instanceof StopGradient) {
      return inputs.getFirst();
    }
    if (op instanceof Reshape || op instanceof Broadcast) {
      Item source = inputs.getFirst().item();
      if (shape.equals(inputs.getFirst().shape())) {
        return inputs.getFirst();
      }
      if (source.op instanceof Constant constant) {
        return one(new Constant(constant.value(), shape), List.of(), shape, DType.F32);
      }
      if (op instanceof Reshape && source.op instanceof Reshape) {
        return simplifiedReshape(shape, source.inputs.getFirst());
      }
    }
    if (op instanceof Pointwise(Fn fn) && fn == Fn.MUL) {
      for (int i = 0; i < 2; i++) {
        if (isOne(inputs.get(i)) && inputs.get(1 - i).shape().equals(shape)) {
          return inputs.get(1 - i);
        }
      }
    }
    return one(op, inputs, shape, output.type());
  }

  private Value simplifiedReshape(Shape shape, Value source) {
    return shape.equals(source.shape())
        ? source
        : one(new Reshape(shape), List.of(source), shape, source.type());
  }

  private static boolean isOne(Value value) {
    return value.item().op instanceof Constant constant && constant.value() == 1;
  }

  private Value one(Op op, List<Value> inputs, Shape shape, DType type) {
    return item(op, inputs, List.of(shape), type).output(0);
  }

  private Item item(Op op, List<Value> inputs, List<Shape> shapes, DType type) {
    return known.computeIfAbsent(
        new Key(op, inputs),
        key -> {
          Item item = new Item(items.size(), op, inputs, shapes, type);
          items.add(item);
          return item;
        });
  }

  private static List<Shape> shapes(Node node) {
    return node.outputs().stream().map(Tensor::shape).toList();
  }
}
