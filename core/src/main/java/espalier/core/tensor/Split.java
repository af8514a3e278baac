package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Equal parts of a tensor along {@code axis}: the steps of a sequence, the gates of a product. Its
 * gradient is put together once, where those of slices would be padded and added up one by one.
 */
public record Split(int axis, int parts) implements Op {
  @Override
  public String name() {
    return "split";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape x = inputs.getFirst();
    if (axis < 0 || axis >= x.rank() || parts < 1 || x.get(axis) % parts != 0) {
      throw new IllegalArgumentException(
          "split: cannot cut %s into %d equal parts along axis %d".formatted(x, parts, axis));
    }
    return Collections.nCopies(parts, x.with(axis, x.get(axis) / parts));
  }

  @Override
  public void backward(Backward pass) {
    pass.add(
        0,
        () -> {
          List<Tensor> gradients = new ArrayList<>();
          for (int i = 0; i < parts; i++) {
            Tensor part = pass.output(i);
            gradients.add(pass.gradient(i).orElseGet(() -> part.graph().constant(0, part.shape())));
          }
          return Tensor.concat(axis, gradients);
        });
  }

  @Override
  public void lower(Lowering to) {
    Shape x = to.inputShape(0);
    Shape part = to.outputShape(0);
    int step = part.get(axis) * x.strides().get(axis);
    for (int i = 0; i < parts; i++) {
      to.emit(
          new Call.Copy(
              part.dims(), to.input(0), i * step, x.strides(), to.output(i), 0, part.strides()));
    }
  }
}
