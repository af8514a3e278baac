package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows of a table [entries, width] named by integer indices [...]: [..., width]. An embedding is a
 * table of words. A row whose index is no entry is all 0.
 */
public record GatherRows() implements Op {
  @Override
  public String name() {
    return "gather_rows";
  }

  @Override
  public OptionalInt arity() {
    return OptionalInt.of(2);
  }

  @Override
  public DType inputType(int i) {
    return i == 1 ? DType.I32 : DType.F32;
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    Shape table = inputs.get(0);
    if (table.rank() != 2) {
      throw new IllegalArgumentException(
          "gather_rows: table is %s, expected [entries, width]".formatted(table));
    }
    return List.of(inputs.get(1).append(table.get(1)));
  }

  @Override
  public void backward(Backward pass) {
    int entries = pass.input(0).shape().get(0);
    pass.add(0, () -> pass.gradient().scatterRows(pass.input(1), entries));
  }

  @Override
  public void lower(Lowering to) {
    Shape table = to.inputShape(0);
    to.emit(
        new Call.GatherRows(
            to.inputShape(1).size(),
            table.get(0),
            table.get(1),
            to.input(1),
            to.input(0),
            to.output(0)));
  }
}
