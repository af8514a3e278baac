package espalier.core.compare;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Repeats;
import espalier.core.table.CurveEstimator;
import espalier.core.table.CurveTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Searches of several strategies on a table of learning curves, at equal cost: an epoch costs 1,
 * whoever is trained, and a continued training only what is added. A trial sees one training of
 * three, say; what counts is the mean of all trainings of what was found.
 *
 * @param signal a curve, seen at the epoch up to which a trial trains
 * @param report a curve, taken at its end
 * @param budget full trainings whose cost a search may spend
 * @param seeds searches of each strategy, of seeds 0, 1, …
 */
public record CurveComparison(
    ComposedSpace<?> space,
    CurveTable<Decision> table,
    Objective signal,
    String report,
    int budget,
    Repeats repeats,
    int seeds) {

  public CurveComparison {
    if (seeds < 1 || budget < 1) {
      throw new IllegalArgumentException(
          "comparison: %d seeds and a budget of %d, expected 1 or more of each"
              .formatted(seeds, budget));
    }
  }

  /**
   * Runs all searches. The first contestant is the one the others are tested against.
   *
   * @param threads that search; they change nothing but the time it takes
   * @param clock of nanoseconds, read before and after each search
   */
  public List<Standing> run(
      List<Contestant<Decision>> contestants, int threads, LongSupplier clock) {
    List<List<Callable<Track>>> searches = new ArrayList<>();
    for (Contestant<Decision> contestant : contestants) {
      searches.add(
          IntStream.range(0, seeds)
              .<Callable<Track>>mapToObj(seed -> () -> track(contestant, seed, clock))
              .toList());
    }
    List<List<Track>> tracks = Searches.all(searches, threads);
    double[] reports = ends(report);
    double[] signals = ends(signal.metric());
    List<String> names = contestants.stream().map(Contestant::name).toList();
    return Standing.all(names, tracks, signals, reports, budget);
  }

  private double[] ends(String metric) {
    return table.architectures().stream().mapToDouble(each -> table.mean(each, metric)).toArray();
  }

  /** The best report there is. */
  public double best() {
    return IntStream.range(0, table.architectures().size())
        .mapToDouble(i -> table.mean(table.architectures().get(i), report))
        .max()
        .orElseThrow();
  }

  private Track track(Contestant<Decision> contestant, long seed, LongSupplier clock) {
    CurveEstimator<Decision> estimator =
        new CurveEstimator<>(table, List.of(signal.metric()), List.of(), seed);
    long cost = Math.multiplyExact((long) budget, table.epochs());
    BlackBoxStudy<Decision> study =
        new BlackBoxStudy<>(
            space, estimator, Objectives.of(signal), BlackBoxStudy.Settings.ofCost(cost, repeats));
    long from = clock.getAsLong();
    History<Decision> history = study.run(contestant.opening().open(signal, budget, seed));
    return track(history, estimator, clock.getAsLong() - from);
  }

  /**
   * The incumbent after each full training's cost: the best of the most thorough trials that were
   * done by then.
   */
  private Track track(
      History<Decision> history, CurveEstimator<Decision> estimator, long nanoseconds) {
    int[] incumbents = new int[budget];
    double[] costs = new double[budget];
    double best = Double.NEGATIVE_INFINITY;
    double share = 0;
    int incumbent = -1;
    long spent = 0;
    int at = 0;
    double late = 0;
    int lateTrials = 0;
    for (History.Entry<Decision> entry : history.charged()) {
      spent += estimator.cost(entry.trial());
      for (; at < budget && spent > (at + 1L) * table.epochs() && incumbent >= 0; at++) {
        incumbents[at] = incumbent;
      }
      double score = signal.score(entry.outcome()).orElseThrow();
      double fidelity = entry.trial().fidelity().share();
      if (fidelity > share || (fidelity == share && score > best)) {
        share = fidelity;
        best = score;
        incumbent = table.architectures().indexOf(entry.trial().candidate());
      }
      if (spent > 3L * budget * table.epochs() / 4) {
        late += score;
        lateTrials++;
      }
    }
    for (; at < budget; at++) {
      incumbents[at] = incumbent;
    }
    for (int i = 0; i < budget; i++) {
      costs[i] = i + 1.0;
    }
    return new Track(incumbents, costs, late / Math.max(1, lateTrials), nanoseconds);
  }
}
