package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import java.util.List;

/** A tensor at {@code offsets} within a tensor of zeros of shape {@code target}. */
public record Pad(Dims offsets, Shape target) implements Op {
  @Override
  public String name() {
    return "pad";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Slice.check(name(), offsets, inputs.getFirst(), target);
    return List.of(target);
  }

  @Override
  public void backward(Backward pass) {
    pass.add(0, () -> pass.gradient().slice(offsets, pass.input(0).shape()));
  }

  @Override
  public void lower(Lowering to) {
    Shape x = to.inputShape(0);
    to.emit(new Call.Fill(0, to.output(0)));
    to.emit(
        new Call.Copy(
            x.dims(),
            to.input(0),
            0,
            x.strides(),
            to.output(0),
            Slice.offset(offsets, target),
            target.strides()));
  }
}
