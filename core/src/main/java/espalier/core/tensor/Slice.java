package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import java.util.List;

/** The box of {@code extents} that starts at {@code offsets}. */
public record Slice(Dims offsets, Shape extents) implements Op {
  @Override
  public String name() {
    return "slice";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    check(name(), offsets, extents, inputs.getFirst());
    return List.of(extents);
  }

  /** Checks that the box of {@code extents} at {@code offsets} lies within {@code whole}. */
  static void check(String name, Dims offsets, Shape extents, Shape whole) {
    boolean inside = whole.rank() == extents.rank() && whole.rank() == offsets.rank();
    for (int a = 0; inside && a < whole.rank(); a++) {
      inside = offsets.get(a) >= 0 && offsets.get(a) <= whole.get(a) - extents.get(a);
    }
    if (!inside) {
      throw new IllegalArgumentException(
          "%s: %s at %s does not lie within %s".formatted(name, extents, offsets, whole));
    }
  }

  @Override
  public void backward(Backward pass) {
    pass.add(0, () -> pass.gradient().pad(offsets, pass.input(0).shape()));
  }

  @Override
  public void lower(Lowering to) {
    Shape x = to.inputShape(0);
    to.emit(
        new Call.Copy(
            extents.dims(),
            to.input(0),
            offset(offsets, x),
            x.strides(),
            to.output(0),
            0,
            extents.strides()));
  }

  /** Position of {@code offsets} within a tensor of shape {@code x}, in elements. */
  static int offset(Dims offsets, Shape x) {
    Dims strides = x.strides();
    int offset = 0;
    for (int a = 0; a < x.rank(); a++) {
      offset += offsets.get(a) * strides.get(a);
    }
    return offset;
  }
}
