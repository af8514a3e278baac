package espalier.datasets;

import espalier.core.io.Column;
import espalier.core.io.DataException;
import espalier.core.io.Table;
import espalier.core.io.TableInput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table in a file of comma-separated values, packed or not; semicolons, tabs and blanks part
 * fields too. The first line names the columns unless all its fields are numbers, in which case
 * they are named by their numbers from 1. An empty field, {@code NA}, {@code NaN} and {@code ?} are
 * missing values. A column is of numbers if every value in it is one, else of categories.
 */
public final class CsvTable {
  private static final Set<String> MISSING = Set.of("", "na", "nan", "?");

  private final Path file;
  private final List<String> names;
  private final List<CsvRecords.Line> rows;

  private CsvTable(Path file, List<String> names, List<CsvRecords.Line> rows) {
    this.file = file;
    this.names = names;
    this.rows = rows;
  }

  /**
   * Reads a file.
   *
   * @param skipped lines before the first that counts
   * @throws DataException naming file, line and column
   */
  public static CsvTable read(Path file, int skipped) {
    String text = new String(DataFile.read(file), StandardCharsets.UTF_8);
    List<CsvRecords.Line> records =
        CsvRecords.read(file.toString(), text.replaceFirst("^\uFEFF", ""), skipped);
    if (records.isEmpty()) {
      throw new DataException("%s: has no rows, expected some".formatted(file));
    }
    List<String> first = records.getFirst().fields();
    boolean isNamed = !first.stream().allMatch(CsvTable::isNumber);
    List<String> names =
        isNamed
            ? first
            : IntStream.rangeClosed(1, first.size()).mapToObj(Integer::toString).toList();
    List<CsvRecords.Line> rows = isNamed ? records.subList(1, records.size()) : records;
    if (rows.isEmpty()) {
      throw new DataException("%s: names columns and has no rows, expected some".formatted(file));
    }
    CsvTable table = new CsvTable(file, names, rows);
    table.requireNames();
    table.requireWidth();
    return table;
  }

  private void requireNames() {
    Map<String, Integer> seen = new HashMap<>();
    for (int c = 0; c < names.size(); c++) {
      if (names.get(c).isEmpty()) {
        throw new DataException("%s: column %d has no name".formatted(file, c + 1));
      }
      Integer other = seen.put(names.get(c), c);
      if (other != null) {
        throw new DataException(
            "%s: columns %d and %d are both named '%s'"
                .formatted(file, other + 1, c + 1, names.get(c)));
      }
    }
  }

  private void requireWidth() {
    for (CsvRecords.Line row : rows) {
      if (row.fields().size() != names.size()) {
        throw new DataException(
            "%s: line %d has %d fields, expected %d"
                .formatted(file, row.number(), row.fields().size(), names.size()));
      }
    }
  }

  /** The table, each column of the kind its values show. */
  public Table table() {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      int column = c;
      boolean isNumeric =
          rows.stream()
              .map(row -> row.fields().get(column))
              .allMatch(value -> isMissing(value) || isNumber(value));
      columns.add(isNumeric ? numeric(column) : categorical(column));
    }
    return new Table(columns);
  }

  /**
   * The columns that a network takes in, each of the kind it wants.
   *
   * @throws DataException naming a column that is missing, or a value that is no number
   */
  public Table table(TableInput wanted) {
    List<Column> columns = new ArrayList<>();
    for (TableInput.Field field : wanted.fields()) {
      int column = names.indexOf(field.name());
      if (column < 0) {
        throw new DataException(
            "%s: no column '%s', which the model takes in; its columns are %s"
                .formatted(file, field.name(), names));
      }
      columns.add(
          switch (field) {
            case TableInput.Field.Numeric _ -> numeric(column);
            case TableInput.Field.Categorical _ -> categorical(column);
          });
    }
    return new Table(columns);
  }

  /**
   * The columns of another table, each of that one's kind, wherever in the file they stand.
   *
   * @throws DataException naming columns that are missing or that the other has not, or a value
   *     that is no number
   */
  public Table table(Table like) {
    List<String> missing = like.names().stream().filter(name -> !names.contains(name)).toList();
    List<String> unknown = names.stream().filter(name -> !like.names().contains(name)).toList();
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      List<String> wrong = new ArrayList<>();
      if (!missing.isEmpty()) {
        wrong.add("lacks the columns " + missing);
      }
      if (!unknown.isEmpty()) {
        wrong.add("has the unknown columns " + unknown);
      }
      throw new DataException(
          "%s: %s, expected %s".formatted(file, String.join(" and ", wrong), like.names()));
    }
    List<Column> columns = new ArrayList<>();
    for (Column column : like.columns()) {
      int place = names.indexOf(column.name());
      columns.add(
          switch (column) {
            case Column.Numeric _ -> numeric(place);
            case Column.Categorical _ -> categorical(place);
          });
    }
    return new Table(columns);
  }

  private Column.Numeric numeric(int column) {
    double[] values = new double[rows.size()];
    for (int i = 0; i < values.length; i++) {
      CsvRecords.Line row = rows.get(i);
      String value = row.fields().get(column);
      if (!isMissing(value) && !isNumber(value)) {
        throw new DataException(
            "%s: line %d, column '%s': found '%s', expected a number"
                .formatted(file, row.number(), names.get(column), value));
      }
      values[i] = isMissing(value) ? Double.NaN : Double.parseDouble(value);
    }
    return new Column.Numeric(names.get(column), values);
  }

  private Column.Categorical categorical(int column) {
    return new Column.Categorical(
        names.get(column),
        rows.stream()
            .map(row -> row.fields().get(column))
            .map(value -> isMissing(value) ? "" : value)
            .toList());
  }

  private static boolean isMissing(String value) {
    return MISSING.contains(value.toLowerCase(Locale.ROOT));
  }

  private static boolean isNumber(String value) {
    try {
      return Double.isFinite(Double.parseDouble(value)) && !value.matches(".*[dDfFxX].*");
    } catch (NumberFormatException _) {
      return false;
    }
  }
}
