package espalier.core.io;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Columns of the same length, each with a name of its own. */
public record Table(List<Column> columns) {
  public Table {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("table: has no column, expected one or more");
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "table: the column '%s' is given twice".formatted(column.name()));
      }
      if (column.size() != columns.getFirst().size()) {
        throw new IllegalArgumentException(
            "table: column '%s' has %d rows, column '%s' has %d"
                .formatted(
                    column.name(),
                    column.size(),
                    columns.getFirst().name(),
                    columns.getFirst().size()));
      }
    }
  }

  /** How many rows it has. */
  public int rows() {
    return columns.getFirst().size();
  }

  /** Names of the columns, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * The column of that name.
   *
   * @throws DataException if there is none, naming those there are
   */
  public Column column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new DataException(
                "table: no column '%s', its columns are %s".formatted(name, names())));
  }

  /** The other columns. */
  public Table without(String name) {
    column(name);
    return new Table(columns.stream().filter(column -> !column.name().equals(name)).toList());
  }

  /** These rows in this order. */
  public Table rows(int[] chosen) {
    return new Table(columns.stream().map(column -> column.rows(chosen)).toList());
  }
}
