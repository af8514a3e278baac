package espalier.cli;

import espalier.core.io.AtomicFile;
import espalier.core.random.Philox;
import espalier.core.space.Nb201Space;
import java.nio.file.Path;

/** A table of all cells of NAS-Bench-201 with made-up accuracies. */
final class MadeUpTable {
  private MadeUpTable() {}

  /** Writes columns {@code arch}, {@code params}, {@code valid}, {@code worse} and {@code test}. */
  static Path write(Path file, long seed) {
    Nb201Space space = Nb201Space.standard();
    Philox random = Philox.of(seed, "made-up table");
    StringBuilder csv = new StringBuilder("arch,params,valid,worse,test\n");
    for (int index = 0; index < space.count(); index++) {
      int[] choices = space.choices(space.at(index));
      double valid = 10 * random.uniformDouble(index);
      for (int edge = 0; edge < choices.length; edge++) {
        valid += 15 * random.trial(edge).uniformDouble(choices[edge]);
      }
      double worse = valid - 20 * random.step(1).uniformDouble(index);
      double test = valid - 5 * random.step(2).uniformDouble(index);
      csv.append(space.print(space.at(index)))
          .append(',')
          .append(choices[0] + choices[5])
          .append(',')
          .append((float) valid)
          .append(',')
          .append((float) worse)
          .append(',')
          .append((float) test)
          .append('\n');
    }
    AtomicFile.write(file, csv.toString());
    return file;
  }
}
