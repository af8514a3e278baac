package espalier.core.predict;

import espalier.core.random.Philox;

/**
 * A tree of questions whether a feature is above a threshold, with the mean of the targets at its
 * leaves [Breiman et al.: Classification and regression trees, 1984].
 */
final class RegressionTree implements Fit<double[]> {
  private sealed interface Node {}

  private record Leaf(double mean) implements Node {}

  private record Question(int feature, double threshold, Node upTo, Node above) implements Node {}

  private final Node root;

  private RegressionTree(Node root) {
    this.root = root;
  }

  /**
   * Grows a tree until the targets at each leaf are equal, or its features are, or the depth is
   * reached.
   *
   * @param weights of the rows; those of weight 0 are not seen
   * @param random the order in which features are tried: of equally good questions the first is
   *     asked
   */
  static RegressionTree grow(
      SortedColumns columns, double[] targets, double[] weights, int depth, Philox random) {
    int[][] rows = columns.rowsOf(weights);
    Growth growth = new Growth(columns.values(), targets, weights, rows, random);
    return new RegressionTree(growth.node(0, growth.seen(), depth));
  }

  @Override
  public double mean(double[] input) {
    Node node = root;
    while (node instanceof Question question) {
      node = input[question.feature] > question.threshold ? question.above : question.upTo;
    }
    return ((Leaf) node).mean;
  }

  /** A tree under construction. */
  private static final class Growth {
    /*
     * A node owns the same range of every feature's rows, and within it they are in ascending order
     * of the feature. Dividing a node divides every range in two and keeps the order, so nothing is
     * sorted twice.
     */
    private record Split(int feature, double threshold, double gain) {}

    private final double[][] columns;
    private final double[] targets;
    private final double[] weights;
    private final int[][] rows;
    private final Philox random;
    private final boolean[] above;
    private final int[] moved;
    private int nodes;

    Growth(double[][] columns, double[] targets, double[] weights, int[][] rows, Philox random) {
      this.columns = columns;
      this.targets = targets;
      this.weights = weights;
      this.rows = rows;
      this.random = random;
      this.above = new boolean[targets.length];
      this.moved = new int[seen()];
    }

    int seen() {
      return rows[0].length;
    }

    Node node(int from, int to, int depth) {
      double weight = 0;
      double sum = 0;
      boolean equal = true;
      for (int i = from; i < to; i++) {
        int row = rows[0][i];
        weight += weights[row];
        sum += weights[row] * targets[row];
        equal &= targets[row] == targets[rows[0][from]];
      }
      if (depth == 0 || equal) {
        return new Leaf(equal ? targets[rows[0][from]] : sum / weight);
      }
      Split best = new Split(-1, 0, Double.NEGATIVE_INFINITY);
      for (int feature : random.step(nodes++).permutation(rows.length)) {
        best = better(best, feature, from, to, weight, sum);
      }
      if (best.feature < 0) {
        return new Leaf(sum / weight);
      }
      int middle = divide(best, from, to);
      return new Question(
          best.feature, best.threshold, node(from, middle, depth - 1), node(middle, to, depth - 1));
    }

    /** The given split, or the best of a feature if that leaves a smaller sum of squares. */
    private Split better(Split best, int feature, int from, int to, double weight, double sum) {
      double[] column = columns[feature];
      int[] order = rows[feature];
      if (column[order[from]] == column[order[to - 1]]) {
        return best;
      }
      Split found = best;
      double leftWeight = 0;
      double leftSum = 0;
      for (int i = from; i < to - 1; i++) {
        int row = order[i];
        leftWeight += weights[row];
        leftSum += weights[row] * targets[row];
        double value = column[row];
        double next = column[order[i + 1]];
        if (value < next) {
          double rightSum = sum - leftSum;
          double gain =
              leftSum * leftSum / leftWeight + rightSum * rightSum / (weight - leftWeight);
          if (gain > found.gain) {
            // Halves may round up to the larger value, which must not count as above itself.
            double middle = value + (next - value) / 2;
            found = new Split(feature, middle < next ? middle : value, gain);
          }
        }
      }
      return found;
    }

    /** Moves the rows above the threshold behind the others; where they begin. */
    private int divide(Split split, int from, int to) {
      for (int i = from; i < to; i++) {
        int row = rows[0][i];
        above[row] = columns[split.feature][row] > split.threshold;
      }
      int middle = from;
      for (int[] order : rows) {
        int low = from;
        int high = 0;
        for (int i = from; i < to; i++) {
          if (above[order[i]]) {
            moved[high++] = order[i];
          } else {
            order[low++] = order[i];
          }
        }
        System.arraycopy(moved, 0, order, low, high);
        middle = low;
      }
      return middle;
    }
  }
}
