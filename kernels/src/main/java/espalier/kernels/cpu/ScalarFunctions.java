package espalier.kernels.cpu;

import static espalier.kernels.cpu.FunctionConstants.*;

/** Transcendental functions of one float. Subnormal arguments and results are kept, not flushed. */
final class ScalarFunctions {
  private ScalarFunctions() {}

  /** eᵃ. */
  static float exp(float a) {
    float high = a > EXP_HIGHEST ? EXP_HIGHEST : a;
    float x = high < EXP_LOWEST ? EXP_LOWEST : high;
    float shifted = Math.fma(x, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(E4, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    float e = Math.fma(r * r, p, r) + 1;
    // 2ⁿ may lie outside the normal range; its two halves do not.
    int k = Float.floatToRawIntBits(shifted) - ROUNDER_BITS;
    int half = k >> 1;
    return e * powerOfTwo(half) * powerOfTwo(k - half);
  }

  private static float powerOfTwo(int k) {
    return Float.intBitsToFloat((k + EXPONENT_BIAS) << MANTISSA_BITS);
  }

  /** ln a. */
  static float log(float a) {
    boolean subnormal = a < Float.MIN_NORMAL;
    float x = subnormal ? a * SUBNORMAL_SCALE : a;
    int d = Float.floatToRawIntBits(x) - SQRT_HALF_BITS;
    float f = Float.intBitsToFloat((d & MANTISSA_MASK) + SQRT_HALF_BITS) - 1;
    float k = Float.intBitsToFloat((d >> MANTISSA_BITS) + ROUNDER_BITS) - ROUNDER;
    float n = subnormal ? k + SUBNORMAL_EXPONENT : k;
    float p = Math.fma(L8, f, L7);
    p = Math.fma(p, f, L6);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L2);
    p = Math.fma(p, f, L1);
    p = Math.fma(p, f, L0);
    float z = f * f;
    float y = Math.fma(f * z, p, n * LN2_LOW);
    y = Math.fma(z, -0.5f, y);
    float log = Math.fma(n, LN2_HIGH, f + y);
    if (a > 0) {
      return a == Float.POSITIVE_INFINITY ? a : log;
    }
    return a == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
  }

  /** Hyperbolic tangent. */
  static float tanh(float a) {
    float m = Math.abs(a);
    float t;
    if (m < TANH_SPLIT) {
      float z = m * m;
      float p = Math.fma(T4, z, T3);
      p = Math.fma(p, z, T2);
      p = Math.fma(p, z, T1);
      p = Math.fma(p, z, T0);
      t = Math.fma(m * z, p, m);
    } else {
      t = 1 - 2 / (exp(m + m) + 1);
    }
    return Math.copySign(t, a);
  }

  /** 1 / (1 + e⁻ᵃ). */
  static float sigmoid(float a) {
    float e = exp(-Math.abs(a));
    return (a < 0 ? e : 1) / (1 + e);
  }
}
