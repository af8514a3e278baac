package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/** Tensors one after another along {@code axis}. */
public record Concat(int axis) implements Op {
  @Override
  public String name() {
    return "concat";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape first = inputs.getFirst();
    int extent = 0;
    for (Shape part : inputs) {
      if (part.rank() != first.rank()
          || axis < 0
          || axis >= part.rank()
          || !part.with(axis, 1).equals(first.with(axis, 1))) {
        throw new IllegalArgumentException(
            "concat: cannot join %s and %s along axis %d".formatted(first, part, axis));
      }
      extent += part.get(axis);
    }
    return List.of(first.with(axis, extent));
  }

  @Override
  public void backward(Backward pass) {
    int from = 0;
    for (int i = 0; i < pass.inputs(); i++) {
      int start = from;
      int end = start + pass.input(i).shape().get(axis);
      int input = i;
      pass.add(input, () -> pass.gradient().slice(axis, start, end));
      from = end;
    }
  }

  @Override
  public void lower(Lowering to) {
    Shape y = to.outputShape(0);
    int offset = 0;
    for (int i = 0; i < to.inputs(); i++) {
      Shape x = to.inputShape(i);
      to.emit(
          new Call.Copy(x.dims(), to.input(i), 0, x.strides(), to.output(0), offset, y.strides()));
      offset += x.get(axis) * y.strides().get(axis);
    }
  }
}
