package espalier.core.compare;

import java.util.List;
import java.util.Locale;

/** A comparison as a table: a line for each strategy and number of evaluations. */
public final class ComparisonCsv {
  private static final String HEAD =
      "strategy,evaluations,cost,reportMean,reportStd,reportMargin95\n";

  private ComparisonCsv() {}

  /** The curves of the standings. */
  public static String of(List<Standing> standings) {
    StringBuilder csv = new StringBuilder(HEAD);
    for (Standing standing : standings) {
      for (int count = 1; count <= standing.curve().size(); count++) {
        Sample sample = standing.curve().get(count - 1);
        csv.append(
            String.format(
                Locale.ROOT,
                "%s,%d,%s,%s,%s,%s\n",
                standing.strategy(),
                count,
                standing.costs().get(count - 1),
                sample.mean(),
                sample.deviation(),
                sample.margin()));
      }
    }
    return csv.toString();
  }
}
