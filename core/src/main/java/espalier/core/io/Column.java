package espalier.core.io;

import java.util.Arrays;
import java.util.List;

/** A column of a table. */
public sealed interface Column {

  /** Its name. */
  String name();

  /** How many rows it has. */
  int size();

  /** The values in these rows. */
  Column rows(int[] chosen);

  /**
   * Numbers.
   *
   * @param values not a number where the value is missing
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Numeric(String name, double[] values) implements Column {
    public Numeric {
      values = values.clone();
      for (int i = 0; i < values.length; i++) {
        if (Double.isInfinite(values[i])) {
          throw new IllegalArgumentException(
              "column '%s': row %d is infinite, expected a finite number or none"
                  .formatted(name, i + 1));
        }
      }
    }

    @Override
    public int size() {
      return values.length;
    }

    @Override
    public Numeric rows(int[] chosen) {
      double[] some = new double[chosen.length];
      for (int i = 0; i < some.length; i++) {
        some[i] = values[chosen[i]];
      }
      return new Numeric(name, some);
    }
  }

  /**
   * Names of categories.
   *
   * @param values empty where the value is missing
   */
  record Categorical(String name, List<String> values) implements Column {
    public Categorical {
      values = List.copyOf(values);
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public Categorical rows(int[] chosen) {
      return new Categorical(name, Arrays.stream(chosen).mapToObj(values::get).toList());
    }
  }
}
