package espalier.core.nn;

import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings images [N, H, W, C] to another height and width by area: taken as squares of one colour
 * each, the pixels of either size cover the same picture, and a pixel of the result is the mean of
 * the picture over its own area. So an image keeps its mean, halving is the mean of 2×2 pixels,
 * doubling repeats pixels, and an image that has the size already stays as it is.
 *
 * <p>It has no variables and declares no multiply-accumulates: like pooling, and like the resizing
 * of images before they reach a network, it is not counted in the literature.
 */
public record AreaResize(int height, int width) implements Layer {
  public AreaResize {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "resize: to %dx%d pixels, expected 1 or more each way".formatted(height, width));
    }
  }

  /** To squares. */
  public static AreaResize square(int side) {
    return new AreaResize(side, side);
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    if (x.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "resize: input is %s, expected images [N, H, W, C]".formatted(x.shape()));
    }
    return averaged(averaged(x, 1, height), 2, width);
  }

  /*
   * With g the greatest common divisor of both extents, every run of taken = from/g pixels becomes
   * given = to/g in the same way: pixel i of these covers i·taken/given to (i+1)·taken/given. In
   * units of 1/given both kinds of borders are whole numbers, so the weights are exact quotients.
   */
  private static Tensor averaged(Tensor x, int axis, int to) {
    int from = x.shape().get(axis);
    if (from == to) {
      return x;
    }
    int runs = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValueExact();
    int taken = from / runs;
    int given = to / runs;
    Tensor split = x.reshape(divided(x.shape(), axis, runs));
    List<Tensor> pixels = new ArrayList<>();
    for (int i = 0; i < given; i++) {
      pixels.add(mean(split, axis + 1, i * taken, (i + 1) * taken, given));
    }
    return Tensor.concat(axis + 1, pixels).reshape(x.shape().with(axis, to));
  }

  /** The mean from {@code begin} to {@code end} where each pixel is {@code size} wide. */
  private static Tensor mean(Tensor x, int axis, int begin, int end, int size) {
    int last = Math.ceilDiv(end, size);
    List<Tensor> terms = new ArrayList<>();
    for (int p = begin / size; p < last; p++) {
      int covered = Math.min(end, (p + 1) * size) - Math.max(begin, p * size);
      terms.add(x.slice(axis, p, p + 1).mul((double) covered / (end - begin)));
    }
    return terms.stream().reduce(Tensor::add).orElseThrow();
  }

  /** The shape with one axis as two, the first of that extent. */
  private static Shape divided(Shape shape, int axis, int runs) {
    int[] extents = new int[shape.rank() + 1];
    for (int i = 0; i < extents.length; i++) {
      extents[i] =
          i == axis
              ? runs
              : i == axis + 1 ? shape.get(axis) / runs : shape.get(i < axis ? i : i - 1);
    }
    return Shape.of(extents);
  }
}
