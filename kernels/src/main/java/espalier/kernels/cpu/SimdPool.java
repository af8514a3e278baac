package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link PoolLoops} on vectors of neighbouring floats of a run. */
final class SimdPool implements PoolLoops {
  private static final VectorSpecies<Float> F = SimdWidths.species(MethodHandles.lookup());
  private static final int LANES = F.length();
  private static final int THREE = 3;
  private static final PoolLoops SCALAR = new ScalarPool();

  @Override
  public int lanes() {
    return LANES;
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  private static boolean holdsNaN(FloatVector sum) {
    return sum.compare(NE, sum).anyTrue();
  }

  @Override
  public void largest(Taps taps, Run run, float[] x, int x0, float[] y, int y0) {
    if (taps.count() > THREE) {
      SCALAR.largest(taps, run, x, x0, y, y0);
      return;
    }
    FloatVector later = FloatVector.zero(F);
    for (int p = 0; p < run.pieces(); p++) {
      int a = x0 + p * run.sourceStep();
      int b = a + taps.second();
      int c = a + taps.third();
      int to = y0 + p * run.targetStep();
      for (int k = 0; k < run.length(); k += LANES) {
        FloatVector first = v(x, a + k);
        FloatVector second = v(x, b + k);
        FloatVector third = v(x, c + k);
        FloatVector best = first.blend(second, second.compare(GT, first));
        best.blend(third, third.compare(GT, best)).intoArray(y, to + k);
        later = later.add(second.add(third));
      }
    }
    if (holdsNaN(later)) {
      SCALAR.largest(taps, run, x, x0, y, y0);
    }
  }

  @Override
  public void locate(
      Taps taps, Run run, float[] x, int x0, float[] y, int y0, float[] numbers, int numbers0) {
    if (taps.count() > THREE) {
      SCALAR.locate(taps, run, x, x0, y, y0, numbers, numbers0);
      return;
    }
    float one = taps.number(0);
    float two = taps.number(1);
    float three = taps.number(2);
    FloatVector later = FloatVector.zero(F);
    for (int p = 0; p < run.pieces(); p++) {
      int a = x0 + p * run.sourceStep();
      int b = a + taps.second();
      int c = a + taps.third();
      int to = y0 + p * run.targetStep();
      int put = numbers0 + p * run.targetStep();
      for (int k = 0; k < run.length(); k += LANES) {
        FloatVector first = v(x, a + k);
        FloatVector second = v(x, b + k);
        FloatVector third = v(x, c + k);
        VectorMask<Float> larger = second.compare(GT, first);
        FloatVector best = first.blend(second, larger);
        FloatVector found = FloatVector.broadcast(F, one).blend(two, larger);
        VectorMask<Float> largest = third.compare(GT, best);
        best.blend(third, largest).intoArray(y, to + k);
        found.blend(three, largest).intoArray(numbers, put + k);
        later = later.add(second.add(third));
      }
    }
    if (holdsNaN(later)) {
      SCALAR.locate(taps, run, x, x0, y, y0, numbers, numbers0);
    }
  }

  @Override
  public void pick(
      Taps taps,
      Run run,
      float[] x,
      int x0,
      float[] v,
      int v0,
      float[] y,
      int y0,
      float[] picked,
      int picked0) {
    FloatVector later = FloatVector.zero(F);
    for (int p = 0; p < run.pieces(); p++) {
      int from = p * run.sourceStep();
      int to = p * run.targetStep();
      for (int k = 0; k < run.length(); k += LANES) {
        FloatVector best = v(x, x0 + from + k);
        FloatVector found = v(v, v0 + from + k);
        for (int t = 1; t < taps.count(); t++) {
          int at = from + k + t * taps.step();
          FloatVector tap = v(x, x0 + at);
          VectorMask<Float> larger = tap.compare(GT, best);
          best = best.blend(tap, larger);
          found = found.blend(v(v, v0 + at), larger);
          later = later.add(tap);
        }
        best.intoArray(y, y0 + to + k);
        found.intoArray(picked, picked0 + to + k);
      }
    }
    if (holdsNaN(later)) {
      SCALAR.pick(taps, run, x, x0, v, v0, y, y0, picked, picked0);
    }
  }

  @Override
  public void weigh(Taps taps, Run run, float[] x, int x0, float[] y, int y0) {
    float[] w = taps.weights();
    if (w.length != THREE) {
      weighAny(w, taps.step(), run, x, x0, y, y0);
      return;
    }
    FloatVector zero = FloatVector.zero(F);
    float one = w[0];
    float two = w[1];
    float three = w[2];
    for (int p = 0; p < run.pieces(); p++) {
      int a = x0 + p * run.sourceStep();
      int b = a + taps.step();
      int c = b + taps.step();
      int to = y0 + p * run.targetStep();
      for (int k = 0; k < run.length(); k += LANES) {
        FloatVector sum = v(x, a + k).fma(FloatVector.broadcast(F, one), zero);
        sum = v(x, b + k).fma(FloatVector.broadcast(F, two), sum);
        v(x, c + k).fma(FloatVector.broadcast(F, three), sum).intoArray(y, to + k);
      }
    }
  }

  private static void weighAny(
      float[] w, int step, Run run, float[] x, int x0, float[] y, int y0) {
    for (int p = 0; p < run.pieces(); p++) {
      int from = x0 + p * run.sourceStep();
      int to = y0 + p * run.targetStep();
      for (int k = 0; k < run.length(); k += LANES) {
        FloatVector sum = FloatVector.zero(F);
        for (int t = 0; t < w.length; t++) {
          sum = v(x, from + k + t * step).fma(FloatVector.broadcast(F, w[t]), sum);
        }
        sum.intoArray(y, to + k);
      }
    }
  }

  @Override
  public void sumWhere(
      Taps taps, Run run, float[] numbers, int numbers0, float[] x, int x0, float[] y, int y0) {
    if (taps.count() > THREE || taps.count() == 0) {
      SCALAR.sumWhere(taps, run, numbers, numbers0, x, x0, y, y0);
      return;
    }
    FloatVector zero = FloatVector.zero(F);
    float one = taps.number(0);
    float two = taps.count() > 1 ? taps.number(1) : -1;
    float three = taps.count() > 2 ? taps.number(2) : -1;
    for (int p = 0; p < run.pieces(); p++) {
      int a = x0 + p * run.sourceStep();
      int b = a + taps.second();
      int c = a + taps.third();
      int na = numbers0 + p * run.sourceStep();
      int nb = na + taps.second();
      int nc = na + taps.third();
      int to = y0 + p * run.targetStep();
      for (int k = 0; k < run.length(); k += LANES) {
        FloatVector sum = zero.add(v(x, a + k), v(numbers, na + k).compare(EQ, one));
        sum = sum.add(v(x, b + k), v(numbers, nb + k).compare(EQ, two));
        sum.add(v(x, c + k), v(numbers, nc + k).compare(EQ, three)).intoArray(y, to + k);
      }
    }
  }
}
