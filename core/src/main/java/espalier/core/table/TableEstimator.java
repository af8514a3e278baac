package espalier.core.table;

import espalier.core.io.DataException;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import espalier.core.space.SearchSpace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks candidates up in a table whose column {@code arch} holds architectures in their space's
 * notation.
 */
public final class TableEstimator<A> implements Estimator<A> {
  /** The column of architectures. */
  public static final String ARCHITECTURES = "arch";

  private final SearchSpace<A> space;
  private final BenchmarkTable table;
  private final Map<A, Integer> rows;
  private final List<Metrics> measured;
  private final List<Metrics> known;

  private TableEstimator(
      SearchSpace<A> space,
      BenchmarkTable table,
      Map<A, Integer> rows,
      List<Metrics> measured,
      List<Metrics> known) {
    this.space = space;
    this.table = table;
    this.rows = rows;
    this.measured = measured;
    this.known = known;
  }

  /**
   * An estimator whose outcomes are columns of a table.
   *
   * @param columns what a trial measures
   * @param free those among them that are known without a trial, such as parameters
   * @throws DataException if a column is missing, or an architecture malformed or there twice
   */
  public static <A> TableEstimator<A> of(
      SearchSpace<A> space, BenchmarkTable table, List<String> columns, Set<String> free) {
    Map<A, Integer> rows = HashMap.newHashMap(table.rows());
    List<String> texts = table.texts(ARCHITECTURES);
    for (int row = 0; row < table.rows(); row++) {
      if (rows.put(architecture(space, table, texts, row), row) != null) {
        throw new DataException(
            "%s:%d: the architecture %s is there twice"
                .formatted(table.name(), table.line(row), texts.get(row)));
      }
    }
    List<String> cheap = columns.stream().filter(free::contains).toList();
    return new TableEstimator<>(space, table, rows, metrics(table, columns), metrics(table, cheap));
  }

  static <A> A architecture(
      SearchSpace<A> space, BenchmarkTable table, List<String> texts, int row) {
    try {
      return space.parse(texts.get(row));
    } catch (DataException malformed) {
      throw new DataException(
          "%s:%d: %s".formatted(table.name(), table.line(row), malformed.getMessage()), malformed);
    }
  }

  private static List<Metrics> metrics(BenchmarkTable table, List<String> columns) {
    List<String> names = List.copyOf(new LinkedHashSet<>(columns));
    List<double[]> values = names.stream().map(table::numbers).toList();
    Metrics[] metrics = new Metrics[table.rows()];
    for (int row = 0; row < metrics.length; row++) {
      int at = row;
      metrics[row] = Metrics.of(names, values.stream().mapToDouble(v -> v[at]).toArray());
    }
    return List.of(metrics);
  }

  /**
   * The row of a candidate, from 0.
   *
   * @throws DataException if the table lacks it
   */
  public int row(A candidate) {
    Integer row = rows.get(candidate);
    if (row == null) {
      throw new DataException(
          "%s: the table has no row for %s".formatted(table.name(), space.print(candidate)));
    }
    return row;
  }

  @Override
  public Outcome estimate(Trial<A> trial) {
    return new Outcome.Measured(measured.get(row(trial.candidate())));
  }

  @Override
  public Metrics known(A candidate) {
    return known.get(row(candidate));
  }

  @Override
  public Optional<Range> range(String metric) {
    if (!table.columns().contains(metric)) {
      return Optional.empty();
    }
    double[] values = table.numbers(metric);
    double least = Arrays.stream(values).min().orElseThrow();
    return Optional.of(new Range(least, Arrays.stream(values).max().orElseThrow()));
  }
}
