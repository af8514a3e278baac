package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import java.util.List;

/** Axes in another order: axis {@code a} of the result is axis {@code order(a)} of the input. */
public record Permute(Dims order) implements Op {
  @Override
  public String name() {
    return "permute";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape x = inputs.getFirst();
    boolean[] seen = new boolean[x.rank()];
    int[] extents = new int[x.rank()];
    boolean valid = order.rank() == x.rank();
    for (int a = 0; valid && a < x.rank(); a++) {
      valid = order.get(a) >= 0 && order.get(a) < x.rank() && !seen[order.get(a)];
      if (valid) {
        seen[order.get(a)] = true;
        extents[a] = x.get(order.get(a));
      }
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "permute: %s is not an order of the axes of %s".formatted(order, x));
    }
    return List.of(Shape.of(extents));
  }

  @Override
  public void backward(Backward pass) {
    int[] inverse = new int[order.rank()];
    for (int a = 0; a < inverse.length; a++) {
      inverse[order.get(a)] = a;
    }
    pass.add(0, () -> pass.gradient().permute(inverse));
  }

  @Override
  public void lower(Lowering to) {
    Dims strides = to.inputShape(0).strides();
    int[] source = new int[order.rank()];
    for (int a = 0; a < source.length; a++) {
      source[a] = strides.get(order.get(a));
    }
    Shape y = to.outputShape(0);
    to.emit(new Call.Copy(y.dims(), to.input(0), 0, Dims.of(source), to.output(0), 0, y.strides()));
  }
}
