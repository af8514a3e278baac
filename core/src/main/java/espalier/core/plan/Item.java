package espalier.core.plan;

import espalier.core.tensor.Op;
import espalier.core.tensor.Shape;
import espalier.kernels.spi.DType;
import java.util.List;

/** A node of the planner's own graph, in which equal expressions are one. Compared by identity. */
final class Item {
  final int id;
  final Op op;
  final List<Value> inputs;
  final List<Shape> shapes;
  final DType type;

  Item(int id, Op op, List<Value> inputs, List<Shape> shapes, DType type) {
    this.id = id;
    this.op = op;
    this.inputs = inputs;
    this.shapes = shapes;
    this.type = type;
  }

  Value output(int i) {
    return new Value(this, i);
  }

  /** One output of an item. */
  record Value(Item item, int output) {
    Shape shape() {
      return item.shapes.get(output);
    }

    DType type() {
      return item.type;
    }
  }
}
