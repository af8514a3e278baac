package espalier.kernels.spi;

/**
 * The scalar functions an {@link Expr} is made of. Every result is rounded to the buffer's type
 * once per function; nothing is contracted, so fusing expressions never changes a bit.
 *
 * <p>Comparisons answer 1 or 0 and are 0 where an operand is NaN; every other function propagates
 * NaN.
 */
public enum Fn {
  /** A number; takes no operand. */
  CONSTANT(0),
  /** −a. */
  NEG(1),
  /** |a|. */
  ABS(1),
  /** √a, correctly rounded. */
  SQRT(1),
  /** eᵃ. */
  EXP(1),
  /** ln a; NaN below zero, −∞ at zero. */
  LOG(1),
  /** Hyperbolic tangent. */
  TANH(1),
  /** 1 / (1 + e⁻ᵃ). */
  SIGMOID(1),
  /** {@code a < 0 ? 0 : a}. */
  RELU(1),
  /** a + b. */
  ADD(2),
  /** a − b. */
  SUB(2),
  /** a · b. */
  MUL(2),
  /** a / b. */
  DIV(2),
  /** The larger of a and b, as {@link Math#max(float, float)}. */
  MAX(2),
  /** The smaller of a and b, as {@link Math#min(float, float)}. */
  MIN(2),
  /** {@code a > b ? 1 : 0}. */
  GREATER(2),
  /** {@code a >= b ? 1 : 0}. */
  GREATER_EQUAL(2);

  private final int arity;

  Fn(int arity) {
    this.arity = arity;
  }

  /** Number of operands. */
  public int arity() {
    return arity;
  }
}
