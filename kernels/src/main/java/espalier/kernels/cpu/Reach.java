package espalier.kernels.cpu;

/**
 * The output pixels along one axis whose reading of one tap is inside the input.
 *
 * @param out the first of them
 * @param in the input pixel it reads
 * @param count their number
 */
record Reach(int out, int in, int count) {
  /** Pixels {@code p < outExtent} with {@code 0 ≤ p · stride + shift < inExtent}. */
  static Reach of(int shift, int stride, int inExtent, int outExtent) {
    int from = Math.max(0, Math.ceilDiv(-shift, stride));
    int to = Math.min(outExtent, Math.ceilDiv(inExtent - shift, stride));
    return to > from ? new Reach(from, from * stride + shift, to - from) : new Reach(0, 0, 0);
  }
}
