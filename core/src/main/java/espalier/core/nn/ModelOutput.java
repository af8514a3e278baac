package espalier.core.nn;

import espalier.core.io.TargetScale;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a trained model answers. */
sealed interface ModelOutput {

  /** How many values its graph yields for each example. */
  int width();

  /**
   * A class.
   *
   * @param names of the classes
   */
  record Labels(List<String> names) implements ModelOutput {
    public Labels {
      names = List.copyOf(names);
      Set<String> seen = new HashSet<>();
      for (String label : names) {
        if (!seen.add(label)) {
          throw new IllegalArgumentException(
              "model: the label '%s' is given twice".formatted(label));
        }
      }
    }

    @Override
    public int width() {
      return names.size();
    }
  }

  /** A value. */
  record Amount(TargetScale scale) implements ModelOutput {
    @Override
    public int width() {
      return 1;
    }
  }
}
