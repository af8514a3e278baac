package espalier.kernels.reference;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;

/** Calls that place values without computing with them. */
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
}
