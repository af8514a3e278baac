package espalier.datasets;

import espalier.core.io.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** A file of class names: one per line, in the order of the labels. */
final class ClassNames {
  private ClassNames() {}

  static List<String> read(Path file) {
    var names =
        new String(DataFile.read(file), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.size() < 2) {
      throw new DataException(
          "%s: names %d classes, at least two are needed; write one name per line"
              .formatted(file, names.size()));
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new DataException("%s: names a class twice; each name may stand once".formatted(file));
    }
    return names;
  }
}
