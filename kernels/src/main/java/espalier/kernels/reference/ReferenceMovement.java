package espalier.kernels.reference;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;

/** Calls that place values and compute with them no more than sums. */
final class ReferenceMovement {
  private ReferenceMovement() {}

  static void copy(Call.Copy call, Operands operands) {
    if (operands.type(call.source()) == DType.F32) {
      DoubleCells source = operands.numbers(call.source());
      DoubleCells target = operands.numbers(call.target());
      Box.forEachPoint(
          call.extents(),
          (point, index) -> target.set(to(call, point), source.get(from(call, point))));
    } else {
      IntCells source = operands.integers(call.source());
      IntCells target = operands.integers(call.target());
      Box.forEachPoint(
          call.extents(),
          (point, index) -> target.set(to(call, point), source.get(from(call, point))));
    }
  }

  private static int from(Call.Copy call, int[] point) {
    return call.sourceOffset() + Box.offset(point, call.sourceStrides());
  }

  private static int to(Call.Copy call, int[] point) {
    return call.targetOffset() + Box.offset(point, call.targetStrides());
  }

  static void fill(Call.Fill call, Operands operands) {
    if (operands.type(call.y()) == DType.F32) {
      operands.numbers(call.y()).fill(call.value());
    } else {
      operands.integers(call.y()).fill((int) call.value());
    }
  }

  static void oneHot(Call.OneHot call, Operands operands) {
    IntCells labels = operands.integers(call.labels(), call.rows());
    DoubleCells y = operands.numbers(call.y(), call.rows() * call.classes());
    for (int row = 0; row < call.rows(); row++) {
      for (int column = 0; column < call.classes(); column++) {
        y.set(row * call.classes() + column, labels.get(row) == column ? 1 : 0);
      }
    }
  }

  static void gatherRows(Call.GatherRows call, Operands operands) {
    int width = call.width();
    IntCells indices = operands.integers(call.indices(), call.rows());
    DoubleCells table = operands.numbers(call.table(), call.entries() * width);
    DoubleCells y = operands.numbers(call.y(), call.rows() * width);
    for (int row = 0; row < call.rows(); row++) {
      int entry = indices.get(row);
      boolean known = entry >= 0 && entry < call.entries();
      for (int column = 0; column < width; column++) {
        y.set(row * width + column, known ? table.get(entry * width + column) : 0);
      }
    }
  }

  static void scatterRows(Call.ScatterRows call, Operands operands) {
    int width = call.width();
    IntCells indices = operands.integers(call.indices(), call.rows());
    DoubleCells dy = operands.numbers(call.dy(), call.rows() * width);
    DoubleCells table = operands.numbers(call.table(), call.entries() * width);
    table.fill(0);
    for (int row = 0; row < call.rows(); row++) {
      int entry = indices.get(row);
      if (entry >= 0 && entry < call.entries()) {
        for (int column = 0; column < width; column++) {
          int at = entry * width + column;
          table.set(at, table.get(at) + dy.get(row * width + column));
        }
      }
    }
  }
}
