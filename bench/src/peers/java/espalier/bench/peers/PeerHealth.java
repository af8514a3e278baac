package espalier.bench.peers;

import espalier.bench.Machine;
import espalier.bench.Rows;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether libtorch runs as fast as it is known to: a comparison with a crippled peer proves
 * nothing.
 */
final class PeerHealth {
  /** The FMA peak of the machine the times are of, in operations per second. */
  private static final double PEAK = 116e9;

  private static final double TOLERANCE = 0.25;
  private static final Map<Rows, Range> MILLIS = new EnumMap<>(Rows.class);

  static {
    MILLIS.put(Rows.DENSE_16, new Range(9.3, 9.3));
    MILLIS.put(Rows.POINTWISE_16, new Range(1.6, 1.6));
    MILLIS.put(Rows.DEPTHWISE_3, new Range(2.1, 2.1));
    MILLIS.put(Rows.DEPTHWISE_5, new Range(10.2, 10.2));
    MILLIS.put(Rows.DILATED_3, new Range(9.4, 9.4));
    MILLIS.put(Rows.DILATED_5, new Range(18.2, 18.2));
    MILLIS.put(Rows.MAX_POOL, new Range(4.7, 4.7));
    MILLIS.put(Rows.AVERAGE_POOL, new Range(4.3, 4.3));
    MILLIS.put(Rows.BATCH_NORM, new Range(1.9, 1.9));
    MILLIS.put(Rows.CELL_16, new Range(370, 410));
    MILLIS.put(Rows.CELL_64, new Range(1480, 1640));
  }

  private PeerHealth() {}

  private record Range(double least, double most) {}

  /** What is wrong with the peer's time of a row, if anything; times are of one thread. */
  static Optional<String> complaint(Rows row, double millis, Machine machine) {
    Range known = MILLIS.get(row);
    if (known == null || machine.threads() != 1) {
      return Optional.empty();
    }
    double scale = PEAK / machine.operations();
    double least = known.least() * scale * (1 - TOLERANCE);
    double most = known.most() * scale * (1 + TOLERANCE);
    if (millis >= least && millis <= most) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "libtorch took %.2f ms for %s, known for %.2f to %.2f on a machine of this peak",
            millis,
            row.row().label(),
            least,
            most));
  }
}
