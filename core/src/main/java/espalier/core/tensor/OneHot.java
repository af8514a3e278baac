package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import java.util.List;

/** Integer labels [...] as rows [..., classes] with a 1 in the column of the label. */
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
    return List.of(inputs.getFirst().append(classes));
  }

  @Override
  public void backward(Backward pass) {
    // Labels are integers; nothing flows back.
  }

  @Override
  public void lower(Lowering to) {
    to.emit(new Call.OneHot(to.inputShape(0).size(), classes, to.input(0), to.output(0)));
  }
}
