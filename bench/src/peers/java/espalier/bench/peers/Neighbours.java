package espalier.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What other processes do while we measure, in seconds of processors. A run beside busy neighbours
 * tells nothing, and its times alone do not show it.
 */
final class Neighbours {
  private static final Path MACHINE = Path.of("/proc/stat");
  private static final Path OURS = Path.of("/proc/self/stat");
  private static final double TICKS_PER_SECOND = 100;
  private static final double QUIET = 0.1;

  /** Ticks of idling and of waiting, among those of the machine. */
  private static final List<Integer> IDLE = List.of(4, 5);

  /** User, system, and those of children that have ended, after the name in parentheses. */
  private static final int FIRST_OF_OURS = 11;

  private static final int COUNTED_OF_OURS = 4;

  private final long start = System.nanoTime();
  private final double before = others();

  /** Says that others were busy since this was made, if they were. */
  Optional<String> complaint() {
    double processors = (others() - before) / ((System.nanoTime() - start) / 1e9);
    if (processors < QUIET) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "NOT QUIET: other processes used %.2f processors meanwhile; these times are not"
                + " results",
            processors));
  }

  private static double others() {
    try {
      String[] machine = Files.readAllLines(MACHINE).getFirst().split(" +", -1);
      double busy = 0;
      for (int i = 1; i <= 8; i++) {
        busy += IDLE.contains(i) ? 0 : Double.parseDouble(machine[i]);
      }
      String own = Files.readString(OURS);
      String[] ours = own.substring(own.lastIndexOf(')') + 2).split(" ", -1);
      for (int i = 0; i < COUNTED_OF_OURS; i++) {
        busy -= Double.parseDouble(ours[FIRST_OF_OURS + i]);
      }
      return busy / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
