package espalier.kernels.reference;

import espalier.kernels.spi.Call;

/** Softmax of rows and its logarithm. */
final class ReferenceSoftmax {
  private ReferenceSoftmax() {}

  static void run(Call.Softmax call, Operands operands) {
    int rows = call.rows();
    int columns = call.columns();
    DoubleCells x = operands.numbers(call.x(), rows * columns);
    DoubleCells y = operands.numbers(call.y(), rows * columns);
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      double largest = Double.NEGATIVE_INFINITY;
      for (int column = 0; column < columns; column++) {
        largest = Math.max(largest, x.get(start + column));
      }
      double sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += StrictMath.exp(x.get(start + column) - largest);
      }
      for (int column = 0; column < columns; column++) {
        double shifted = x.get(start + column) - largest;
        y.set(
            start + column,
            call.logarithm() ? shifted - StrictMath.log(sum) : StrictMath.exp(shifted) / sum);
      }
    }
  }
}
