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
    Shape x = inputs.getFirst();
    boolean inside = x.rank() == extents.rank() && x.rank() == offsets.rank();
    for (int a = 0; inside && a < x.rank(); a++) {
      inside = offsets.get(a) >= 0 && offsets.get(a) + extents.get(a) <= x.get(a);
    }
    if (!inside) {
      throw new IllegalArgumentException(
          "slice: %s at %s does not lie within %s".formatted(extents, offsets, x));
    }
    return List.of(extents);
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
