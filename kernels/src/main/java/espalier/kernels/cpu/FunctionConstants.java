package espalier.kernels.cpu;

/** Numbers the two twins of the transcendental functions share. */
final class FunctionConstants {
  /*
   * Every function is a range reduction and a polynomial, minimax in relative error, its
   * coefficients rounded to float one after the other and the rest fitted again. A float plus
   * ROUNDER is that float rounded to an integer, which its low bits hold; so no conversion
   * instruction is needed and both twins round alike.
   */

  /** 1.5·2²³. */
  static final float ROUNDER = 0x1.8p23f;

  static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);
  static final int MANTISSA_BITS = 23;
  static final int MANTISSA_MASK = (1 << MANTISSA_BITS) - 1;
  static final int EXPONENT_BIAS = 127;

  static final float LOG2_E = 1.442695f;

  /** ln 2 = LN2_HIGH + LN2_LOW. */
  static final float LN2_HIGH = 0.6931472f;

  static final float LN2_LOW = -1.9046542e-9f;

  /** eᵃ overflows above and is zero below. */
  static final float EXP_HIGHEST = 89f;

  static final float EXP_LOWEST = -104f;

  /** eʳ = 1 + r + r²·Σ Eᵢrⁱ for |r| ≤ ln 2 / 2. */
  static final float E0 = 0.49999994f;

  static final float E1 = 0.16666521f;
  static final float E2 = 0.04166829f;
  static final float E3 = 0.008368704f;
  static final float E4 = 0.0013818939f;

  /** √½, the smallest mantissa a logarithm is computed for. */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  /** Subnormal arguments of the logarithm are first multiplied by 2²³. */
  static final float SUBNORMAL_SCALE = 0x1p23f;

  static final float SUBNORMAL_EXPONENT = -23f;

  /** ln(1 + f) = f − f²/2 + f³·Σ Lᵢfⁱ for 1 + f in [√½, √2). */
  static final float L0 = 0.33333313f;

  static final float L1 = -0.2500001f;
  static final float L2 = 0.20002073f;
  static final float L3 = -0.16667996f;
  static final float L4 = 0.14220327f;
  static final float L5 = -0.12406032f;
  static final float L6 = 0.11883568f;
  static final float L7 = -0.11671449f;
  static final float L8 = 0.06750956f;

  /** Below this the hyperbolic tangent is a polynomial, above it comes from the exponential. */
  static final float TANH_SPLIT = 0.625f;

  /** tanh a = a + a³·Σ Tᵢa²ⁱ for |a| below {@link #TANH_SPLIT}. */
  static final float T0 = -0.3333328f;

  static final float T1 = 0.1333141f;
  static final float T2 = -0.05373714f;
  static final float T3 = 0.020630825f;
  static final float T4 = -0.005695813f;

  private FunctionConstants() {}
}
