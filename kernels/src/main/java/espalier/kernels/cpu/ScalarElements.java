package espalier.kernels.cpu;

import espalier.kernels.spi.Fn;

/** {@link ElementLoops} in plain Java. */
final class ScalarElements implements ElementLoops {

  @Override
  public void unary(Fn fn, int n, float[] a, int a0, float[] y, int y0) {
    switch (fn) {
      case NEG -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = -a[a0 + i];
        }
      }
      case ABS -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = Math.abs(a[a0 + i]);
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = (float) Math.sqrt(a[a0 + i]);
        }
      }
      case EXP -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = ScalarFunctions.exp(a[a0 + i]);
        }
      }
      case LOG -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = ScalarFunctions.log(a[a0 + i]);
        }
      }
      case TANH -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = ScalarFunctions.tanh(a[a0 + i]);
        }
      }
      case SIGMOID -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = ScalarFunctions.sigmoid(a[a0 + i]);
        }
      }
      case RELU -> {
        for (int i = 0; i < n; i++) {
          float v = a[a0 + i];
          y[y0 + i] = v < 0 ? 0 : v;
        }
      }
      case CONSTANT, ADD, SUB, MUL, DIV, MAX, MIN, GREATER, GREATER_EQUAL ->
          throw new IllegalArgumentException("function: " + fn + " does not take one operand");
    }
  }

  @Override
  public void binary(Fn fn, int n, float[] a, int a0, float[] b, int b0, float[] y, int y0) {
    switch (fn) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = a[a0 + i] + b[b0 + i];
        }
      }
      case SUB -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = a[a0 + i] - b[b0 + i];
        }
      }
      case MUL -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = a[a0 + i] * b[b0 + i];
        }
      }
      case DIV -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = a[a0 + i] / b[b0 + i];
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = Math.max(a[a0 + i], b[b0 + i]);
        }
      }
      case MIN -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = Math.min(a[a0 + i], b[b0 + i]);
        }
      }
      case GREATER -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = a[a0 + i] > b[b0 + i] ? 1 : 0;
        }
      }
      case GREATER_EQUAL -> {
        for (int i = 0; i < n; i++) {
          y[y0 + i] = a[a0 + i] >= b[b0 + i] ? 1 : 0;
        }
      }
      case CONSTANT, NEG, ABS, SQRT, EXP, LOG, TANH, SIGMOID, RELU ->
          throw new IllegalArgumentException("function: " + fn + " does not take two operands");
    }
  }

  @Override
  public void multiplyAdd(
      int n, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] y, int y0) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = a[a0 + i] * b[b0 + i] + c[c0 + i];
    }
  }

  @Override
  public void subtract(int n, float[] a, int a0, float b, float[] y, int y0) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = a[a0 + i] - b;
    }
  }

  @Override
  public void divide(int n, float[] a, int a0, float b, float[] y, int y0) {
    for (int i = 0; i < n; i++) {
      y[y0 + i] = a[a0 + i] / b;
    }
  }

  @Override
  public void copyRows(
      int rows, int n, float[] a, int a0, int aPitch, float[] y, int y0, int yPitch) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(a, a0 + r * aPitch, y, y0 + r * yPitch, n);
    }
  }

  @Override
  public LoopSource compiled() {
    return LoopSource.none();
  }
}
