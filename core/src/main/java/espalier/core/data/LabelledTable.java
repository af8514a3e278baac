package espalier.core.data;

import espalier.core.io.Column;
import espalier.core.io.Table;
import java.util.Optional;

/** Rows of a table and what is to be told of each. */
public record LabelledTable(Table features, Target target) {
  public LabelledTable {
    if (features.rows() != target.size()) {
      throw new IllegalArgumentException(
          "table: has %d rows, its target %d".formatted(features.rows(), target.size()));
    }
  }

  /** A table one column of which is to be told from the others. */
  public static LabelledTable of(Table table, String target, Optional<Target.Kind> kind) {
    Column column = table.column(target);
    return new LabelledTable(
        table.without(target), Target.of(column, kind.orElseGet(() -> Target.kind(column))));
  }

  /** How many rows there are. */
  public int rows() {
    return target.size();
  }

  /** SHA-256 in hexadecimal over everything a result can depend on. */
  public String contentHash() {
    return ContentHash.of(this);
  }
}
