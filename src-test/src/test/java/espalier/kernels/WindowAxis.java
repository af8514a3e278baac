package espalier.kernels;

/**
 * One axis of a sliding window: everything that decides how many outputs there are.
 *
 * @param padBefore padding before the first element
 * @param padAfter padding after the last; more is added where the window would not fit
 */
record WindowAxis(int in, int kernel, int stride, int dilation, int padBefore, int padAfter) {

  /** Number of positions of the window, at least one. */
  int out() {
    int covered = (kernel - 1) * dilation + 1;
    return Math.max(0, in + padBefore + padAfter - covered) / stride + 1;
  }
}
