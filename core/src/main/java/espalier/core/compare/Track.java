package espalier.core.compare;

import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.table.TableEstimator;
import java.util.List;

/**
 * One search as a comparison keeps it.
 *
 * @param incumbents the row of the best architecture after each evaluation
 * @param costs of all evaluations up to each one
 * @param lateSignal mean signal of the last quarter of the evaluations
 * @param nanoseconds the search took, almost all of it the strategy's own
 */
record Track(int[] incumbents, double[] costs, double lateSignal, long nanoseconds) {

  static <A> Track of(
      History<A> history,
      Objective signal,
      TableEstimator<A> table,
      double[] price,
      long nanoseconds) {
    List<History.Entry<A>> charged = history.charged();
    int[] incumbents = new int[charged.size()];
    double[] costs = new double[charged.size()];
    double best = Double.NEGATIVE_INFINITY;
    double late = 0;
    int firstLate = 3 * incumbents.length / 4;
    for (int i = 0; i < incumbents.length; i++) {
      History.Entry<A> entry = charged.get(i);
      double score = signal.score(entry.outcome()).orElseThrow();
      int row = table.row(entry.trial().candidate());
      boolean better = score > best;
      best = better ? score : best;
      incumbents[i] = better ? row : incumbents[i - 1];
      costs[i] = price[row] + (i == 0 ? 0 : costs[i - 1]);
      late += i < firstLate ? 0 : score;
    }
    return new Track(incumbents, costs, late / (incumbents.length - firstLate), nanoseconds);
  }

  /**
   * The row of the best architecture after so many evaluations; of the last if there were fewer.
   */
  int incumbent(int evaluations) {
    return incumbents[Math.min(evaluations, incumbents.length) - 1];
  }

  /** What so many evaluations cost; all of them if there were fewer. */
  double cost(int evaluations) {
    return costs[Math.min(evaluations, costs.length) - 1];
  }
}
