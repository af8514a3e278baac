package espalier.kernels.cpu;

import espalier.kernels.spi.Fn;

/**
 * One function over {@code n} consecutive elements. The result may be stored over an operand that
 * starts at the same element.
 */
interface ElementLoops {

  /** {@code y[i] = fn(a[i])}. */
  void unary(Fn fn, int n, float[] a, int a0, float[] y, int y0);

  /** {@code y[i] = fn(a[i], b[i])}. */
  void binary(Fn fn, int n, float[] a, int a0, float[] b, int b0, float[] y, int y0);

  /** {@code y[i] = a[i]·b[i] + c[i]}, the product rounded before it is added. */
  void multiplyAdd(
      int n, float[] a, int a0, float[] b, int b0, float[] c, int c0, float[] y, int y0);

  /** {@code y[i] = a[i] − b}. */
  void subtract(int n, float[] a, int a0, float b, float[] y, int y0);

  /** {@code y[i] = a[i] / b}. */
  void divide(int n, float[] a, int a0, float b, float[] y, int y0);

  /**
   * Copies {@code rows} of {@code n} elements.
   *
   * @param aPitch elements from a row of {@code a} to the next
   * @param yPitch elements from a row of {@code y} to the next
   */
  void copyRows(int rows, int n, float[] a, int a0, int aPitch, float[] y, int y0, int yPitch);

  /** Where loops come from that evaluate more than one function at once. */
  LoopSource compiled();
}
