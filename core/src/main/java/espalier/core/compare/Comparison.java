package espalier.core.compare;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.space.SearchSpace;
import espalier.core.statistics.Holm;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.TableEstimator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    List<List<Future<Track>>> tracks = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (Contestant<A> contestant : contestants) {
        tracks.add(
            IntStream.range(0, seeds)
                .mapToObj(seed ->
                    pool.submit(() -> track(study, estimator, price, contestant, seed, clock)))
                .toList());
      }
    }
    List<List<Track>> done =
        tracks.stream().map(each -> each.stream().map(Comparison::result).toList()).toList();
    return standings(contestants, done);
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

  private static Track result(Future<Track> search) {
    try {
      return search.get();
    } catch (ExecutionException thrown) {
      throw new IllegalStateException("a search failed: " + thrown.getCause(), thrown.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the comparison was interrupted", interrupted);
    }
  }

  private List<Standing> standings(List<Contestant<A>> contestants, List<List<Track>> tracks) {
    int evaluations = Math.toIntExact(settings.evaluations());
    double[] signals = table.numbers(signal.metric());
    double[] reports = table.numbers(report);
    List<Sample> ends =
        tracks.stream().map(each -> incumbents(each, evaluations, reports)).toList();
    double[] chances =
        Holm.adjust(
            ends.stream().skip(1).mapToDouble(end -> end.paired(ends.getFirst())).toArray());
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < tracks.size(); i++) {
      List<Track> searches = tracks.get(i);
      standings.add(
          new Standing(
              contestants.get(i).name(),
              incumbents(searches, evaluations, signals),
              ends.get(i),
              searches.stream().mapToDouble(Track::lateSignal).sum() / seeds,
              i == 0 ? OptionalDouble.empty() : OptionalDouble.of(chances[i - 1]),
              searches.stream().mapToDouble(Track::nanoseconds).sum() / seeds / 1e6,
              IntStream.rangeClosed(1, evaluations)
                  .mapToObj(count -> incumbents(searches, count, reports))
                  .toList(),
              IntStream.rangeClosed(1, evaluations)
                  .mapToObj(count -> cost(searches, count))
                  .toList()));
    }
    return standings;
  }

  private static Sample incumbents(List<Track> searches, int evaluations, double[] column) {
    return new Sample(
        searches.stream().mapToDouble(track -> column[track.incumbent(evaluations)]).toArray());
  }

  private static double cost(List<Track> searches, int evaluations) {
    return searches.stream().mapToDouble(track -> track.cost(evaluations)).sum() / searches.size();
  }
}
