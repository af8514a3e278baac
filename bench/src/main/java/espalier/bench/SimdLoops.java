package espalier.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The two loops that show what the machine can do: arithmetic in registers, and memory. */
final class SimdLoops {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** Chains that do not wait for each other: enough for two units of four cycles' latency. */
  private static final int CHAINS = 12;

  private SimdLoops() {}

  /** Floating-point operations of one iteration of {@link #multiplyAdds}. */
  static double operationsPerIteration() {
    return 2.0 * CHAINS * F.length();
  }

  /** Fused multiply-adds that never leave registers; the result only keeps them alive. */
  static float multiplyAdds(long iterations, float factor, float start) {
    FloatVector m = FloatVector.broadcast(F, factor);
    FloatVector s = FloatVector.broadcast(F, start);
    FloatVector a0 = s;
    FloatVector a1 = s;
    FloatVector a2 = s;
    FloatVector a3 = s;
    FloatVector a4 = s;
    FloatVector a5 = s;
    FloatVector a6 = s;
    FloatVector a7 = s;
    FloatVector a8 = s;
    FloatVector a9 = s;
    FloatVector a10 = s;
    FloatVector a11 = s;
    for (long i = 0; i < iterations; i++) {
      a0 = a0.fma(m, s);
      a1 = a1.fma(m, s);
      a2 = a2.fma(m, s);
      a3 = a3.fma(m, s);
      a4 = a4.fma(m, s);
      a5 = a5.fma(m, s);
      a6 = a6.fma(m, s);
      a7 = a7.fma(m, s);
      a8 = a8.fma(m, s);
      a9 = a9.fma(m, s);
      a10 = a10.fma(m, s);
      a11 = a11.fma(m, s);
    }
    FloatVector low = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
    return low.add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
  }

  /** {@code a = b + scale·c} over whole vectors. */
  static void triad(float[] a, float[] b, float[] c, float scale) {
    FloatVector s = FloatVector.broadcast(F, scale);
    int end = F.loopBound(a.length);
    for (int i = 0; i < end; i += F.length()) {
      FloatVector.fromArray(F, c, i).fma(s, FloatVector.fromArray(F, b, i)).intoArray(a, i);
    }
  }
}
