package espalier.core.table;

import espalier.core.io.DataException;
import espalier.core.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was measured after each epoch of trainings of architectures, each trained from several
 * seeds: a table with the columns {@code arch} and {@code seed}, what does not change in a
 * training, such as {@code params}, and for each epoch {@code valid_e1}, {@code valid_e2} and so
 * on. Immutable.
 */
public final class CurveTable<A> {
  /** The column of seeds. */
  public static final String SEEDS = "seed";

  private static final Pattern POINT = Pattern.compile("(\\w+)_e(\\d{1,4})");

  private final SearchSpace<A> space;
  private final BenchmarkTable table;
  private final List<A> architectures;
  private final Map<A, int[]> rows;
  private final int epochs;
  private final Map<String, double[][]> curves;

  private CurveTable(
      SearchSpace<A> space,
      BenchmarkTable table,
      List<A> architectures,
      Map<A, int[]> rows,
      int epochs,
      Map<String, double[][]> curves) {
    this.space = space;
    this.table = table;
    this.architectures = architectures;
    this.rows = rows;
    this.epochs = epochs;
    this.curves = curves;
  }

  /**
   * The curves of a table.
   *
   * @throws DataException if an architecture is malformed or lacks a seed that others have, or an
   *     epoch is missing
   */
  public static <A> CurveTable<A> of(SearchSpace<A> space, BenchmarkTable table) {
    List<String> texts = table.texts(TableEstimator.ARCHITECTURES);
    List<String> seeds = table.texts(SEEDS);
    List<String> known = List.copyOf(new TreeSet<>(seeds));
    Map<A, int[]> rows = new LinkedHashMap<>();
    List<A> architectures = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      A architecture = TableEstimator.architecture(space, table, texts, row);
      int[] places = rows.get(architecture);
      if (places == null) {
        places = new int[known.size()];
        Arrays.fill(places, -1);
        rows.put(architecture, places);
        architectures.add(architecture);
      }
      places[known.indexOf(seeds.get(row))] = row;
    }
    rows.forEach((architecture, places) -> {
      if (Arrays.stream(places).anyMatch(place -> place < 0)) {
        throw new DataException(
            "%s: the architecture %s is not there for each of the seeds %s"
                .formatted(table.name(), space.print(architecture), known));
      }
    });
    Map<String, double[][]> curves = curves(table);
    int epochs = curves.values().stream().mapToInt(curve -> curve.length).max().orElse(0);
    if (epochs == 0) {
      throw new DataException(
          "%s: no column is of an epoch, expected valid_e1, say".formatted(table.name()));
    }
    return new CurveTable<>(space, table, List.copyOf(architectures), rows, epochs, curves);
  }

  /** For each metric and epoch the column. */
  private static Map<String, double[][]> curves(BenchmarkTable table) {
    Map<String, List<double[]>> curves = new LinkedHashMap<>();
    for (String column : table.columns()) {
      Matcher name = POINT.matcher(column);
      if (name.matches()) {
        List<double[]> curve = curves.computeIfAbsent(name.group(1), none -> new ArrayList<>());
        if (Integer.parseInt(name.group(2)) != curve.size() + 1) {
          throw new DataException(
              "%s: found column '%s', expected '%s_e%d'"
                  .formatted(table.name(), column, name.group(1), curve.size() + 1));
        }
        curve.add(table.numbers(column));
      }
    }
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    curves.forEach((metric, curve) -> arrays.put(metric, curve.toArray(new double[0][])));
    return arrays;
  }

  /** The architectures in the order of the file. */
  public List<A> architectures() {
    return architectures;
  }

  /** How many epochs a training has. */
  public int epochs() {
    return epochs;
  }

  /** How many trainings each architecture has. */
  public int seeds() {
    return table.rows() / architectures.size();
  }

  /** A metric after an epoch, counted from 1, of the training from a seed, counted from 0. */
  public double value(A architecture, int seed, String metric, int epoch) {
    return curve(metric)[epoch - 1][row(architecture, seed)];
  }

  /** A metric after each epoch up to one, of the training from a seed. */
  public double[] curve(A architecture, int seed, String metric, int epoch) {
    double[] values = new double[epoch];
    for (int e = 1; e <= epoch; e++) {
      values[e - 1] = value(architecture, seed, metric, e);
    }
    return values;
  }

  /** The mean of a metric at the end, over all seeds. */
  public double mean(A architecture, String metric) {
    double sum = 0;
    for (int seed = 0; seed < seeds(); seed++) {
      sum += value(architecture, seed, metric, epochs);
    }
    return sum / seeds();
  }

  /** What does not change in a training, such as parameters, for each architecture. */
  public Map<A, Double> constants(String column) {
    double[] values = table.numbers(column);
    Map<A, Double> constants = new HashMap<>();
    architectures.forEach(each -> constants.put(each, values[row(each, 0)]));
    return constants;
  }

  private double[][] curve(String metric) {
    double[][] curve = curves.get(metric);
    if (curve == null || curve.length != epochs) {
      throw new DataException(
          "%s: there is no curve '%s' of %d epochs; it has %s"
              .formatted(table.name(), metric, epochs, String.join(", ", curves.keySet())));
    }
    return curve;
  }

  private int row(A architecture, int seed) {
    int[] places = rows.get(architecture);
    if (places == null) {
      throw new DataException(
          "%s: the table has no row for %s".formatted(table.name(), space.print(architecture)));
    }
    return places[seed];
  }
}
