package espalier.kernels;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Window axes for convolution and pooling. */
final class WindowAxes {
  private WindowAxes() {}

  /** Strides, dilations, lopsided padding, one-element inputs, windows larger than the input. */
  static Arbitrary<WindowAxis> convolution() {
    return Combinators.combine(
            Arbitraries.of(1, 2, 3, 4, 5, 7, 8, 9, 13),
            Arbitraries.of(1, 1, 2, 3, 3, 4, 5, 7),
            Arbitraries.of(1, 1, 2, 3),
            Arbitraries.of(1, 1, 2, 3),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 4))
        .as(WindowAxis::new);
  }

  /** A window of one element on every element. */
  static Arbitrary<WindowAxis> unit() {
    return Arbitraries.of(1, 2, 5, 8, 11).map(in -> new WindowAxis(in, 1, 1, 1, 0, 0));
  }

  /** As {@link #convolution()} without dilation, every window holding an element of the input. */
  static Arbitrary<WindowAxis> pooling() {
    return convolution()
        .map(axis ->
            new WindowAxis(
                axis.in(),
                axis.kernel(),
                axis.stride(),
                1,
                Math.min(axis.padBefore(), axis.kernel() - 1),
                Math.min(axis.padAfter(), axis.kernel() - 1)))
        .filter(axis -> (axis.out() - 1) * axis.stride() - axis.padBefore() < axis.in());
  }
}
