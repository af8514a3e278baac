package espalier.core.compare;

import espalier.core.io.Json;
import espalier.core.statistics.Holm;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

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

  /**
   * The standings of searches, the first of which are those the others are tested against.
   *
   * @param tracks of each strategy, as many of each
   * @param signals of each row
   * @param reports of each row
   * @param length points of the curves
   */
  static List<Standing> all(
      List<String> names,
      List<List<Track>> tracks,
      double[] signals,
      double[] reports,
      int length) {
    List<Sample> ends = tracks.stream().map(each -> incumbents(each, length, reports)).toList();
    double[] chances =
        Holm.adjust(
            ends.stream().skip(1).mapToDouble(end -> end.paired(ends.getFirst())).toArray());
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      List<Track> searches = tracks.get(i);
      int count = searches.size();
      standings.add(
          new Standing(
              names.get(i),
              incumbents(searches, length, signals),
              ends.get(i),
              searches.stream().mapToDouble(Track::lateSignal).sum() / count,
              i == 0 ? OptionalDouble.empty() : OptionalDouble.of(chances[i - 1]),
              searches.stream().mapToDouble(Track::nanoseconds).sum() / count / 1e6,
              IntStream.rangeClosed(1, length)
                  .mapToObj(at -> incumbents(searches, at, reports))
                  .toList(),
              IntStream.rangeClosed(1, length)
                  .mapToObj(at -> searches.stream().mapToDouble(t -> t.cost(at)).sum() / count)
                  .toList()));
    }
    return standings;
  }

  private static Sample incumbents(List<Track> searches, int at, double[] column) {
    return new Sample(
        searches.stream().mapToDouble(track -> column[track.incumbent(at)]).toArray());
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
