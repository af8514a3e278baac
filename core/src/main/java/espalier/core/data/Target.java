package espalier.core.data;

import espalier.core.io.Column;
import espalier.core.io.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What is to be told of each row of a table. */
public sealed interface Target {

  /** How many rows there are. */
  int size();

  /** How a column is to be understood. */
  enum Kind {
    /** Its values are names of classes. */
    CLASSES,
    /** Its values are amounts. */
    VALUES
  }

  /** A class of each row: a position among the names. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Classes(List<String> names, int[] labels) implements Target {
    public Classes {
      names = List.copyOf(names);
      labels = labels.clone();
      if (names.size() < 2) {
        throw new IllegalArgumentException(
            "target: found the classes %s, expected two or more".formatted(names));
      }
    }

    @Override
    public int size() {
      return labels.length;
    }
  }

  /** A number of each row. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Values(double[] values) implements Target {
    public Values {
      values = values.clone();
    }

    @Override
    public int size() {
      return values.length;
    }
  }

  /** Whole numbers are names of classes where there are at most so many of them. */
  int MOST_NUMBERED_CLASSES = 20;

  /** Classes where a column holds names or a few whole numbers, values otherwise. */
  static Kind kind(Column column) {
    return switch (column) {
      case Column.Categorical _ -> Kind.CLASSES;
      case Column.Numeric(String _, double[] values) ->
          Arrays.stream(values).allMatch(value -> value == Math.rint(value))
                  && Arrays.stream(values).distinct().count() <= MOST_NUMBERED_CLASSES
              ? Kind.CLASSES
              : Kind.VALUES;
    };
  }

  /**
   * The target in a column.
   *
   * @throws DataException if a value is missing, names are to be amounts, or all rows are of one
   *     class
   */
  static Target of(Column column, Kind kind) {
    requireWhole(column);
    return switch (kind) {
      case VALUES -> {
        if (!(column instanceof Column.Numeric(String _, double[] values))) {
          throw new DataException(
              "target '%s': holds names, regression expects numbers".formatted(column.name()));
        }
        yield new Values(values);
      }
      case CLASSES ->
          switch (column) {
            case Column.Categorical(String _, List<String> values) -> {
              List<String> names = List.copyOf(new TreeSet<>(values));
              requireSeveral(column, names);
              yield new Classes(names, values.stream().mapToInt(names::indexOf).toArray());
            }
            case Column.Numeric(String _, double[] values) -> {
              double[] distinct = Arrays.stream(values).sorted().distinct().toArray();
              List<String> names = Arrays.stream(distinct).mapToObj(Target::name).toList();
              requireSeveral(column, names);
              int[] labels =
                  Arrays.stream(values)
                      .mapToInt(value -> Arrays.binarySearch(distinct, value))
                      .toArray();
              yield new Classes(names, labels);
            }
          };
    };
  }

  /**
   * The target in a column, understood as another was.
   *
   * @throws DataException if a value is missing, no amount, or of none of the other's classes
   */
  static Target of(Column column, Target known) {
    return switch (known) {
      case Values _ -> of(column, Kind.VALUES);
      case Classes(List<String> names, int[] _) -> {
        requireWhole(column);
        int[] labels = new int[column.size()];
        for (int row = 0; row < labels.length; row++) {
          String name =
              switch (column) {
                case Column.Numeric(String _, double[] values) -> name(values[row]);
                case Column.Categorical(String _, List<String> values) -> values.get(row);
              };
          labels[row] = names.indexOf(name);
          if (labels[row] < 0) {
            throw new DataException(
                "target '%s': row %d is of the class '%s', which is none of those learnt: %s"
                    .formatted(column.name(), row + 1, name, names));
          }
        }
        yield new Classes(names, labels);
      }
    };
  }

  /** What a class is called that has a number. */
  private static String name(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static void requireSeveral(Column column, List<String> classes) {
    if (classes.size() < 2) {
      throw new DataException(
          "target '%s': all rows are of the class %s, expected two classes or more"
              .formatted(column.name(), classes));
    }
  }

  private static void requireWhole(Column column) {
    for (int row = 0; row < column.size(); row++) {
      boolean missing =
          switch (column) {
            case Column.Numeric(String _, double[] values) -> Double.isNaN(values[row]);
            case Column.Categorical(String _, List<String> values) -> values.get(row).isEmpty();
          };
      if (missing) {
        throw new DataException(
            "target '%s': row %d has no value, expected one".formatted(column.name(), row + 1));
      }
    }
  }
}
