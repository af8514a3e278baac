package espalier.kernels.cpu;

import static espalier.kernels.cpu.FunctionConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ScalarFunctions} on vectors, step by step the same arithmetic. */
final class SimdFunctions {
  private static final VectorSpecies<Float> F = SimdLanes.F;
  private static final int SIGN = Integer.MIN_VALUE;

  private SimdFunctions() {}

  /** eᵃ. */
  static FloatVector exp(FloatVector a) {
    FloatVector high = a.blend(EXP_HIGHEST, a.compare(GT, EXP_HIGHEST));
    FloatVector x = high.blend(EXP_LOWEST, high.compare(LT, EXP_LOWEST));
    FloatVector shifted = x.fma(splat(LOG2_E), splat(ROUNDER));
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(splat(-LN2_LOW), n.fma(splat(-LN2_HIGH), x));
    FloatVector p = splat(E4).fma(r, splat(E3));
    p = p.fma(r, splat(E2));
    p = p.fma(r, splat(E1));
    p = p.fma(r, splat(E0));
    FloatVector e = r.mul(r).fma(p, r).add(1);
    IntVector k = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = k.lanewise(ASHR, 1);
    return e.mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
  }

  private static FloatVector powerOfTwo(IntVector k) {
    return k.add(EXPONENT_BIAS).lanewise(LSHL, MANTISSA_BITS).reinterpretAsFloats();
  }

  /** ln a. */
  static FloatVector log(FloatVector a) {
    var subnormal = a.compare(LT, Float.MIN_NORMAL);
    FloatVector x = a.blend(a.mul(SUBNORMAL_SCALE), subnormal);
    IntVector d = x.reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector f = d.and(MANTISSA_MASK).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1);
    FloatVector k =
        d.lanewise(ASHR, MANTISSA_BITS).add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
    FloatVector n = k.blend(k.add(SUBNORMAL_EXPONENT), subnormal);
    FloatVector p = splat(L8).fma(f, splat(L7));
    p = p.fma(f, splat(L6));
    p = p.fma(f, splat(L5));
    p = p.fma(f, splat(L4));
    p = p.fma(f, splat(L3));
    p = p.fma(f, splat(L2));
    p = p.fma(f, splat(L1));
    p = p.fma(f, splat(L0));
    FloatVector z = f.mul(f);
    FloatVector y = f.mul(z).fma(p, n.mul(LN2_LOW));
    y = z.fma(splat(-0.5f), y);
    FloatVector log = n.fma(splat(LN2_HIGH), f.add(y));
    return log.blend(Float.POSITIVE_INFINITY, a.compare(EQ, Float.POSITIVE_INFINITY))
        .blend(Float.NaN, a.compare(GE, 0).not())
        .blend(Float.NEGATIVE_INFINITY, a.compare(EQ, 0));
  }

  /** Hyperbolic tangent. */
  static FloatVector tanh(FloatVector a) {
    FloatVector m = a.abs();
    FloatVector z = m.mul(m);
    FloatVector p = splat(T4).fma(z, splat(T3));
    p = p.fma(z, splat(T2));
    p = p.fma(z, splat(T1));
    p = p.fma(z, splat(T0));
    FloatVector near = m.mul(z).fma(p, m);
    FloatVector far = splat(1).sub(splat(2).div(exp(m.add(m)).add(1)));
    IntVector t = far.blend(near, m.compare(LT, TANH_SPLIT)).reinterpretAsInts();
    return t.and(~SIGN).or(a.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
  }

  /** 1 / (1 + e⁻ᵃ). */
  static FloatVector sigmoid(FloatVector a) {
    FloatVector e = exp(a.abs().neg());
    return splat(1).blend(e, a.compare(LT, 0)).div(e.add(1));
  }

  private static FloatVector splat(float value) {
    return FloatVector.broadcast(F, value);
  }
}
