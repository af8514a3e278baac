package espalier.core.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * What a network of tables takes in, and how a row becomes that: numbers are moved to mean 0 and
 * deviation 1 as measured on the rows that weights were learnt from, a missing one to 0, their
 * mean; a category is 1 at its place among those that were seen and 0 elsewhere, one that is
 * missing or was not seen 0 everywhere.
 */
public record TableInput(List<Field> fields) {

  /** How a column is read. */
  public sealed interface Field {
    /** The column's name. */
    String name();

    /** How many values it becomes. */
    int width();

    /** Numbers. */
    record Numeric(String name, double mean, double deviation) implements Field {
      public Numeric {
        if (!Double.isFinite(mean) || !(deviation > 0 && Double.isFinite(deviation))) {
          throw new IllegalArgumentException(
              "column '%s' has mean %s and deviation %s; they must be finite, deviations positive"
                  .formatted(name, mean, deviation));
        }
      }

      @Override
      public int width() {
        return 1;
      }
    }

    /** Categories, sorted. */
    record Categorical(String name, List<String> categories) implements Field {
      public Categorical {
        categories = List.copyOf(categories);
      }

      @Override
      public int width() {
        return categories.size();
      }
    }
  }

  public TableInput {
    fields = List.copyOf(fields);
    if (fields.stream().mapToInt(Field::width).sum() == 0) {
      throw new IllegalArgumentException("table: its columns hold no value, expected some");
    }
  }

  /** Measures a table: hand it the rows that weights are learnt from, and no others. */
  public static TableInput fit(Table table) {
    List<Field> fields = new ArrayList<>();
    for (Column column : table.columns()) {
      fields.add(
          switch (column) {
            case Column.Numeric(String name, double[] values) -> numeric(name, values);
            case Column.Categorical(String name, List<String> values) -> {
              TreeSet<String> seen = new TreeSet<>(values);
              seen.remove("");
              yield new Field.Categorical(name, List.copyOf(seen));
            }
          });
    }
    return new TableInput(fields);
  }

  private static Field.Numeric numeric(String name, double[] values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    if (known.length == 0) {
      return new Field.Numeric(name, 0, 1);
    }
    double mean = Arrays.stream(known).sum() / known.length;
    double squares = Arrays.stream(known).map(value -> (value - mean) * (value - mean)).sum();
    double deviation = Math.sqrt(squares / known.length);
    return new Field.Numeric(name, mean, deviation > 0 ? deviation : 1);
  }

  /** How many values a row becomes. */
  public int width() {
    return fields.stream().mapToInt(Field::width).sum();
  }

  /**
   * The network's input for every row of a table, {@code [rows, width]}; columns it does not know
   * are ignored.
   *
   * @throws DataException if a column is missing or of another kind
   */
  public float[] encode(Table table) {
    int width = width();
    float[] encoded = new float[Math.multiplyExact(table.rows(), width)];
    int offset = 0;
    for (Field field : fields) {
      write(field, table.column(field.name()), encoded, offset, width);
      offset += field.width();
    }
    return encoded;
  }

  private static void write(Field field, Column column, float[] encoded, int offset, int width) {
    switch (field) {
      case Field.Numeric(String name, double mean, double deviation) -> {
        if (!(column instanceof Column.Numeric(String _, double[] values))) {
          throw new DataException("column '%s': holds names, expected numbers".formatted(name));
        }
        for (int row = 0; row < values.length; row++) {
          boolean known = !Double.isNaN(values[row]);
          encoded[row * width + offset] = known ? (float) ((values[row] - mean) / deviation) : 0;
        }
      }
      case Field.Categorical(String name, List<String> categories) -> {
        if (!(column instanceof Column.Categorical(String _, List<String> values))) {
          throw new DataException("column '%s': holds numbers, expected names".formatted(name));
        }
        for (int row = 0; row < values.size(); row++) {
          int place = categories.indexOf(values.get(row));
          if (place >= 0) {
            encoded[row * width + offset + place] = 1;
          }
        }
      }
    }
  }
}
