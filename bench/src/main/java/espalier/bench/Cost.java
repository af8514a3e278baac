package espalier.bench;

/**
 * The least that a work asks of any machine, however clever the program.
 *
 * @param operations floating-point operations; a fused multiply-add is two
 * @param bytes of inputs and outputs, each moved once
 */
public record Cost(double operations, double bytes) {

  /** Bytes of a float. */
  public static final int FLOAT = Float.BYTES;

  /** The cost of multiply-accumulates on so many floats of inputs and outputs. */
  public static Cost of(double multiplyAccumulates, double floats) {
    return new Cost(2 * multiplyAccumulates, FLOAT * floats);
  }
}
