package espalier.kernels.cpu;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import espalier.kernels.spi.Fn;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** {@link ElementLoops} on vectors. */
final class SimdElements implements ElementLoops {
  /*
   * One small method per function: each compiles to one vector loop by itself, and the switch costs
   * one jump per call. The elements beyond the last whole vector go to the scalar twin.
   */
  private static final VectorSpecies<Float> F = SimdLanes.F;

  /** Elements beyond which the platform copies a row as fast. */
  private static final int LONG_ROW = 1 << 10;

  private final ScalarElements tail = new ScalarElements();
  private final LoopSource compiled;

  /** Loops of single functions, beside {@code compiled} ones. */
  SimdElements(LoopSource compiled) {
    this.compiled = compiled;
  }

  @Override
  public LoopSource compiled() {
    return compiled;
  }

  @Override
  public void unary(Fn fn, int n, float[] a, int a0, float[] y, int y0) {
    int whole = F.loopBound(n);
    switch (fn) {
      case NEG -> neg(whole, a, a0, y, y0);
      case ABS -> abs(whole, a, a0, y, y0);
      case SQRT -> sqrt(whole, a, a0, y, y0);
      case EXP -> exp(whole, a, a0, y, y0);
      case LOG -> log(whole, a, a0, y, y0);
      case TANH -> tanh(whole, a, a0, y, y0);
      case SIGMOID -> sigmoid(whole, a, a0, y, y0);
      case RELU -> relu(whole, a, a0, y, y0);
      case CONSTANT, ADD, SUB, MUL, DIV, MAX, MIN, GREATER, GREATER_EQUAL ->
          throw new IllegalArgumentException("function: " + fn + " does not take one operand");
    }
    if (whole < n) {
      tail.unary(fn, n - whole, a, a0 + whole, y, y0 + whole);
    }
  }

  @Override
  public void binary(Fn fn, int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    int whole = F.loopBound(n);
    switch (fn) {
      case ADD -> add(whole, a, a0, b, b0, y, y0);
      case SUB -> sub(whole, a, a0, b, b0, y, y0);
      case MUL -> mul(whole, a, a0, b, b0, y, y0);
      case DIV -> div(whole, a, a0, b, b0, y, y0);
      case MAX -> max(whole, a, a0, b, b0, y, y0);
      case MIN -> min(whole, a, a0, b, b0, y, y0);
      case GREATER -> greater(whole, a, a0, b, b0, y, y0);
      case GREATER_EQUAL -> greaterEqual(whole, a, a0, b, b0, y, y0);
      case CONSTANT, NEG, ABS, SQRT, EXP, LOG, TANH, SIGMOID, RELU ->
          throw new IllegalArgumentException("function: " + fn + " does not take two operands");
    }
    if (whole < n) {
      tail.binary(fn, n - whole, a, a0 + whole, b, b0 + whole, y, y0 + whole);
    }
  }

  @Override
  public void multiplyAdd(
      int n, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] y, int y0) {
    int i = 0;
    for (; i < F.loopBound(n); i += F.length()) {
      v(a, a0 + i).mul(v(b, b0 + i)).add(v(c, c0 + i)).intoArray(y, y0 + i);
    }
    if (i < n) {
      tail.multiplyAdd(n - i, a, a0 + i, b, b0 + i, c, c0 + i, y, y0 + i);
    }
  }

  @Override
  public void subtract(int n, float[] a, int a0, float b, float[] y, int y0) {
    int i = 0;
    for (; i < F.loopBound(n); i += F.length()) {
      v(a, a0 + i).sub(b).intoArray(y, y0 + i);
    }
    if (i < n) {
      tail.subtract(n - i, a, a0 + i, b, y, y0 + i);
    }
  }

  @Override
  public void copyRows(
      int rows, int n, float[] a, int a0, int aPitch, float[] y, int y0, int yPitch) {
    if (n < F.length() || n > LONG_ROW) {
      tail.copyRows(rows, n, a, a0, aPitch, y, y0, yPitch);
      return;
    }
    int last = n - F.length();
    for (int r = 0; r < rows; r++) {
      int from = a0 + r * aPitch;
      int to = y0 + r * yPitch;
      for (int i = 0; i < last; i += F.length()) {
        v(a, from + i).intoArray(y, to + i);
      }
      v(a, from + last).intoArray(y, to + last); // may copy once more what the vector before did
    }
  }

  @Override
  public void divide(int n, float[] a, int a0, float b, float[] y, int y0) {
    int i = 0;
    for (; i < F.loopBound(n); i += F.length()) {
      v(a, a0 + i).div(b).intoArray(y, y0 + i);
    }
    if (i < n) {
      tail.divide(n - i, a, a0 + i, b, y, y0 + i);
    }
  }

  private static void neg(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).neg().intoArray(y, y0 + i);
    }
  }

  private static void abs(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).abs().intoArray(y, y0 + i);
    }
  }

  private static void sqrt(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).sqrt().intoArray(y, y0 + i);
    }
  }

  private static void exp(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      SimdFunctions.exp(v(a, a0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void log(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      SimdFunctions.log(v(a, a0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void tanh(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      SimdFunctions.tanh(v(a, a0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void sigmoid(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      SimdFunctions.sigmoid(v(a, a0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void relu(int n, float[] a, int a0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      FloatVector v = v(a, a0 + i);
      v.blend(0, v.compare(LT, 0)).intoArray(y, y0 + i);
    }
  }

  private static void add(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).add(v(b, b0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void sub(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).sub(v(b, b0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void mul(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).mul(v(b, b0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void div(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).div(v(b, b0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void max(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).max(v(b, b0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void min(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      v(a, a0 + i).min(v(b, b0 + i)).intoArray(y, y0 + i);
    }
  }

  private static void greater(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      choose(v(a, a0 + i).compare(GT, v(b, b0 + i))).intoArray(y, y0 + i);
    }
  }

  private static void greaterEqual(int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    for (int i = 0; i < n; i += F.length()) {
      choose(v(a, a0 + i).compare(GE, v(b, b0 + i))).intoArray(y, y0 + i);
    }
  }

  private static FloatVector v(float[] a, int at) {
    return FloatVector.fromArray(F, a, at);
  }

  private static FloatVector choose(VectorMask<Float> mask) {
    return FloatVector.zero(F).blend(1, mask);
  }
}
