package espalier.core.data;

import espalier.core.random.Philox;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Rows dealt to a number of folds of nearly equal size, classes in the same ratio in each: a
 * function of the target, the rows, their number and the seed. Each fold is left out once.
 */
public final class Folds {
  private final int[] rows;
  private final int[] foldOf;
  private final int count;

  private Folds(int[] rows, int[] foldOf, int count) {
    this.rows = rows;
    this.foldOf = foldOf;
    this.count = count;
  }

  /** All rows of a target dealt to {@code count} folds. */
  public static Folds of(Target target, int count, long seed) {
    return of(target, IntStream.range(0, target.size()).toArray(), count, seed);
  }

  /** Some rows of a target dealt to {@code count} folds. */
  public static Folds of(Target target, int[] rows, int count, long seed) {
    if (count < 2 || count > rows.length) {
      throw new IllegalArgumentException(
          "folds: %d of %d rows, expected 2 or more and no more than rows"
              .formatted(count, rows.length));
    }
    int[] order = rows.clone();
    Philox.of(seed, "folds").shuffle(order, 0, order.length);
    int[] byClass =
        switch (target) {
          case Target.Values _ -> order;
          case Target.Classes classes ->
              Arrays.stream(order)
                  .boxed()
                  .sorted((a, b) -> Integer.compare(classes.labels()[a], classes.labels()[b]))
                  .mapToInt(Integer::intValue)
                  .toArray();
        };
    int[] foldOf = new int[byClass.length];
    Arrays.setAll(foldOf, position -> position % count);
    return new Folds(byClass, foldOf, count);
  }

  /** How many folds there are. */
  public int count() {
    return count;
  }

  /** The rows of a fold, ascending. */
  public int[] left(int fold) {
    return chosen(fold, true);
  }

  /** The rows of all other folds, ascending. */
  public int[] others(int fold) {
    return chosen(fold, false);
  }

  private int[] chosen(int fold, boolean inside) {
    if (fold < 0 || fold >= count) {
      throw new IllegalArgumentException(
          "folds: number %d, expected 0 to %d".formatted(fold, count - 1));
    }
    return IntStream.range(0, rows.length)
        .filter(position -> (foldOf[position] == fold) == inside)
        .map(position -> rows[position])
        .sorted()
        .toArray();
  }
}
