package espalier.core.train;

import espalier.core.data.Folds;
import espalier.core.data.LabelledTable;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One fold of nested cross-validation. A search is handed {@link #search}, in which the rows left
 * out are not; the network it chose is trained on {@link #all} and measured on {@link #test}.
 */
public final class TableFold {
  /** A fifth of the rows a search may see are kept to compare candidates on. */
  private static final int INNER_FOLDS = 5;

  private final LabelledTable table;
  private final int[] seen;
  private final Optional<int[]> left;
  private final Folds inner;

  private TableFold(LabelledTable table, int[] seen, Optional<int[]> left, long seed) {
    this.table = table;
    this.seen = seen;
    this.left = left;
    this.inner = Folds.of(table.target(), seen, INNER_FOLDS, seed);
  }

  /** The fold that leaves out fold {@code number} of {@code folds}. */
  public static TableFold of(LabelledTable table, Folds folds, int number, long seed) {
    return new TableFold(table, folds.others(number), Optional.of(folds.left(number)), seed);
  }

  /** No row left out: for the model to be used. */
  public static TableFold whole(LabelledTable table, long seed) {
    int[] rows = IntStream.range(0, table.rows()).toArray();
    return new TableFold(table, rows, Optional.empty(), seed);
  }

  /** What a search may see. */
  public TableData search() {
    return TableData.of(table, inner.others(0), inner.left(0));
  }

  /** All rows a search may see, to train on what it chose. */
  public TableData all() {
    return TableData.of(table, seen);
  }

  /** The rows left out, if there are some, encoded as the rows trained on. */
  public Optional<Examples> test(TableData trained) {
    return left.map(trained::examples);
  }
}
