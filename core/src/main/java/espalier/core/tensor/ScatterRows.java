package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import java.util.List;
import java.util.OptionalInt;

/**
 * Rows [..., width] added up in a table [entries, width] at the entries that integer indices [...]
 * name: the transpose of {@link GatherRows}. Rows whose index is no entry are left out.
 */
public record ScatterRows(int entries) implements Op {
  @Override
  public String name() {
    return "scatter_rows";
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
    Shape rows = inputs.get(0);
    Shape indices = inputs.get(1);
    if (rows.rank() < 1 || !rows.equals(indices.append(rows.get(-1)))) {
      throw new IllegalArgumentException(
          "scatter_rows: rows are %s, expected [..., width] with indices %s"
              .formatted(rows, indices));
    }
    return List.of(Shape.of(entries, rows.get(-1)));
  }

  @Override
  public void backward(Backward pass) {
    pass.add(0, () -> pass.gradient().gatherRows(pass.input(1)));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.ScatterRows(
            to.inputShape(1).size(),
            entries,
            to.inputShape(0).get(-1),
            to.input(1),
            to.input(0),
            to.output(0)));
  }
}
