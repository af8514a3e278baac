package espalier.core.predict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Features by column, each with the order of its rows: sorted once for all trees that learn from
 * them.
 *
 * @param values [feature][row]
 * @param order the rows of each feature in ascending order of its values
 */
record SortedColumns(double[][] values, int[][] order) {
  static SortedColumns of(double[][] rows) {
    double[][] values = new double[rows[0].length][rows.length];
    int[][] order = new int[values.length][];
    for (int feature = 0; feature < values.length; feature++) {
      double[] column = values[feature];
      for (int row = 0; row < rows.length; row++) {
        column[row] = rows[row][feature];
      }
      order[feature] =
          IntStream.range(0, rows.length)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> column[row]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return new SortedColumns(values, order);
  }

  /** For each feature the rows of weight above 0, in order. */
  int[][] rowsOf(double[] weights) {
    return Arrays.stream(order)
        .map(rows -> Arrays.stream(rows).filter(row -> weights[row] > 0).toArray())
        .toArray(int[][]::new);
  }
}
