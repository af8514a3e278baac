package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import java.util.List;

/** Integer labels [N] as rows [N, classes] with a 1 in the column of the label. */
public record OneHot(int classes) implements Op {
  @Override
  public String name() {
    return "one_hot";
  }

  @Override
  public DType inputType(int i) {
    return DType.I32;
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape labels = inputs.getFirst();
    if (labels.rank() != 1) {
      throw new IllegalArgumentException("one_hot: labels are %s, expected [N]".formatted(labels));
    }
    return List.of(Shape.of(labels.get(0), classes));
  }

  @Override
  public void backward(Backward pass) {
    // Labels are integers; nothing flows back.
  }

  @Override
  public void lower(Lowering to) {
    to.emit(new Call.OneHot(to.inputShape(0).get(0), classes, to.input(0), to.output(0)));
  }
}
