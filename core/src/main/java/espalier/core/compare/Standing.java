package espalier.core.compare;

import espalier.core.io.Json;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a strategy did.
 *
 * @param strategy its name
 * @param signal what the search saw of its incumbents at the end
 * @param report what they are really worth
 * @param lateSignalMean mean signal of the last quarter of the evaluations
 * @param pAgainstRandom how likely such a difference in report from random search is by luck,
 *     corrected by Holm's method; empty for random search itself
 * @param milliseconds mean time of a search on one thread; no part of the result
 * @param curve report of the incumbents after each evaluation
 * @param costs mean cost of the evaluations up to each one
 */
public record Standing(
    String strategy,
    Sample signal,
    Sample report,
    double lateSignalMean,
    OptionalDouble pAgainstRandom,
    double milliseconds,
    List<Sample> curve,
    List<Double> costs) {

  public Standing {
    curve = List.copyOf(curve);
    costs = List.copyOf(costs);
  }

  /** As comparisons print it. */
  public Json.Obj json() {
    return Json.object()
        .with("strategy", Json.of(strategy))
        .with("budget", Json.of(curve.size()))
        .with("seeds", Json.of(report.size()))
        .with("signalMean", Json.of(signal.mean()))
        .with("signalStd", Json.of(signal.deviation()))
        .with("signalMargin95", Json.of(signal.margin()))
        .with("reportMean", Json.of(report.mean()))
        .with("reportStd", Json.of(report.deviation()))
        .with("reportMargin95", Json.of(report.margin()))
        .with(
            "pAgainstRandom",
            pAgainstRandom.isPresent() ? Json.of(pAgainstRandom.getAsDouble()) : new Json.Null())
        .with("lateSignalMean", Json.of(lateSignalMean));
  }
}
