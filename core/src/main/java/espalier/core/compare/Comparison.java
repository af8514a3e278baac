package espalier.core.compare;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.space.SearchSpace;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.TableEstimator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Searches of several strategies on a table, as many of each as there are seeds. Each seeks a good
 * signal; what counts is the report of what it found.
 *
 * @param signal a column: the larger the better
 * @param report a column
 * @param cost a column: what an evaluation costs; empty if each costs 1
 * @param seeds searches of each strategy, of seeds 0, 1, …
 */
public record Comparison<A>(
    SearchSpace<A> space,
    BenchmarkTable table,
    Objective signal,
    String report,
    Optional<String> cost,
    BlackBoxStudy.Settings settings,
    int seeds) {

  public Comparison {
    if (seeds < 1) {
      throw new IllegalArgumentException(
          "comparison: %d seeds, expected 1 or more".formatted(seeds));
    }
  }

  /** A number of each architecture, from a column. */
  public static <A> ToDoubleFunction<A> column(
      SearchSpace<A> space, BenchmarkTable table, String column) {
    TableEstimator<A> rows = TableEstimator.of(space, table, List.of(), Set.of());
    double[] values = table.numbers(column);
    return candidate -> values[rows.row(candidate)];
  }

  /**
   * Runs all searches. The first contestant is the one the others are tested against.
   *
   * @param threads that search; they change nothing but the time it takes
   * @param clock of nanoseconds, read before and after each search
   */
  public List<Standing> run(List<Contestant<A>> contestants, int threads, LongSupplier clock) {
    TableEstimator<A> estimator =
        TableEstimator.of(space, table, List.of(signal.metric()), Set.of());
    BlackBoxStudy<A> study = new BlackBoxStudy<>(space, estimator, Objectives.of(signal), settings);
    double[] price = cost.map(table::numbers).orElseGet(this::ones);
    List<List<Callable<Track>>> searches = new ArrayList<>();
    for (Contestant<A> contestant : contestants) {
      searches.add(
          IntStream.range(0, seeds)
              .<Callable<Track>>mapToObj(
                  seed -> () -> track(study, estimator, price, contestant, seed, clock))
              .toList());
    }
    return Standing.all(
        contestants.stream().map(Contestant::name).toList(),
        Searches.all(searches, threads),
        table.numbers(signal.metric()),
        table.numbers(report),
        Math.toIntExact(settings.evaluations()));
  }

  private double[] ones() {
    double[] ones = new double[table.rows()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private Track track(
      BlackBoxStudy<A> study,
      TableEstimator<A> estimator,
      double[] price,
      Contestant<A> contestant,
      long seed,
      LongSupplier clock) {
    long from = clock.getAsLong();
    History<A> history = study.run(contestant.opening().open(signal, settings.evaluations(), seed));
    long nanoseconds = clock.getAsLong() - from;
    return Track.of(history, signal, estimator, price, nanoseconds);
  }
}
