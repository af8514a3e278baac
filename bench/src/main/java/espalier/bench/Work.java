package espalier.bench;

import espalier.kernels.spi.Backend;

/** Something that is timed. */
public interface Work {

  /** What reports call it. */
  String label();

  /** The least that one run of it asks of a machine. */
  Cost cost();

  /** The same work, small enough for the reference backend to answer within seconds. */
  Work small();

  /**
   * How far an answer may be from the reference's, as {@code ‖a − r‖ / ‖r‖}, because of rounding
   * alone.
   */
  double tolerance(String answer);

  /** Makes the work ready to run on a backend, which outlives it. */
  Job open(Backend backend);
}
