package espalier.core.oracle;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.io.ImageSpec;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.kernels.spi.Backend;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Every network of a space, trained from every one of a few seeds: a table that answers what a
 * training would.
 *
 * @param title what the table is, in one line
 * @param seeds of the trainings, from 0
 */
public record Oracle(String title, ComposedSpace<?> space, CurveTraining training, int seeds) {

  /** Hears of the rows. */
  @FunctionalInterface
  public interface Listener {
    /** So many of all rows are there. */
    void row(int done, int all);
  }

  /** How many rows there are in all. */
  public int rows() {
    return Math.multiplyExact(networks(), seeds);
  }

  private int networks() {
    return space.form().size().intValueExact();
  }

  /** The lines above the rows. */
  public List<String> head() {
    return List.of("# " + title, String.join(",", CurveRow.columns(training.epochs())));
  }

  /** Row number {@code row}: all networks from the first seed, then all from the next. */
  public String row(Backend backend, int row) {
    int seed = row / networks();
    Decision architecture = space.at(BigInteger.valueOf(row % networks()));
    Network network = space.model(architecture, training.splits().train().classNames().size());
    ImageSpec image = training.splits().train().image();
    return CurveRow.of(
        space.print(architecture),
        seed,
        NetworkCounts.declared(network, image),
        training.run(backend, network, seed));
  }

  /**
   * Trains until all rows are in the file, those that are there already left as they are.
   *
   * @param stop asked before each training
   * @return whether all rows are there
   */
  public boolean write(Path file, Backend backend, Listener listener, BooleanSupplier stop) {
    try (LineFile lines = LineFile.open(file, head())) {
      int row = lines.body().size();
      listener.row(row, rows());
      while (row < rows() && !stop.getAsBoolean()) {
        lines.append(row(backend, row));
        row++;
        listener.row(row, rows());
      }
      return row >= rows();
    }
  }
}
