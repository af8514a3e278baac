package espalier.kernels.spi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * How a call over a batch of images is cut into pieces: the same call over fewer of them. Of some
 * operands image {@code i} has the elements {@code i·n … (i + 1)·n − 1} to itself, the others are
 * shared by all images.
 *
 * @param perImage {@code n} of each operand whose elements belong to images
 * @param unit every piece but the last holds a multiple of this many images
 * @param sums whether the call sums over images: pieces then yield whole parts of the call's {@link
 *     Split}, which are joined after the last of them. In sums and weight gradients {@code unit}
 *     images are one part, of which a piece is the whole sum; {@link Call.Moments} may have several
 * @param pieces the call over a number of images, as if its operands began at the first of them
 */
public record ImageCut(
    Map<Ref, Integer> perImage, int unit, boolean sums, IntFunction<Call> pieces) {

  public ImageCut {
    perImage = Map.copyOf(perImage);
  }

  /**
   * How {@code call} is cut into {@code images}; empty where it does not take them one by one.
   *
   * @param elements elements of a buffer
   */
  public static Optional<ImageCut> of(Call call, int images, ToIntFunction<Ref> elements) {
    Builder cut = new Builder(images, elements);
    boolean whole =
        switch (call) {
          case Call.Conv2d(var g, var x, var w, var y) ->
              cut.batch(g.batch(), x, y) && cut.into(n -> new Call.Conv2d(g.ofBatch(n), x, w, y));
          case Call.Conv2dInputGradient(var g, var dy, var w, var dx) ->
              cut.batch(g.batch(), dy, dx)
                  && cut.into(n -> new Call.Conv2dInputGradient(g.ofBatch(n), dy, w, dx));
          case Call.Conv2dWeightGradient(var g, var x, var dy, var dw) ->
              cut.batch(g.batch(), x, dy)
                  && cut.sum(((Call.Conv2dWeightGradient) call).split(), 1)
                  && Split.ofImages(g.ofBatch(cut.unit)).parts() == 1
                  && cut.into(n -> new Call.Conv2dWeightGradient(g.ofBatch(n), x, dy, dw));
          case Call.MaxPool(var g, var x, var y) ->
              cut.batch(g.batch(), x, y) && cut.into(n -> new Call.MaxPool(g.ofBatch(n), x, y));
          case Call.MaxPoolScatter(var g, var x, var dy, var dx) ->
              cut.batch(g.batch(), x, dy, dx)
                  && cut.into(n -> new Call.MaxPoolScatter(g.ofBatch(n), x, dy, dx));
          case Call.MaxPoolGather(var g, var x, var v, var y) ->
              cut.batch(g.batch(), x, v, y)
                  && cut.into(n -> new Call.MaxPoolGather(g.ofBatch(n), x, v, y));
          case Call.AveragePool(var g, var x, var y) ->
              cut.batch(g.batch(), x, y) && cut.into(n -> new Call.AveragePool(g.ofBatch(n), x, y));
          case Call.AveragePoolGradient(var g, var dy, var dx) ->
              cut.batch(g.batch(), dy, dx)
                  && cut.into(n -> new Call.AveragePoolGradient(g.ofBatch(n), dy, dx));
          case Call.Moments(var batch, var pixels, var channels, var x, var mean, var variance) ->
              cut.batch(batch, x)
                  && cut.moments(((Call.Moments) call).split(), pixels)
                  && cut.into(n -> new Call.Moments(n, pixels, channels, x, mean, variance));
          case Call.Map(var shape, var expr, var inputs, var outputs) ->
              cut.divides(shape.get(0))
                  && cut.operands(shape, inputs)
                  && outputs.stream().allMatch(y -> cut.own(y, shape.product() / images))
                  && cut.into(n -> new Call.Map(cut.fewer(shape, n), expr, inputs, outputs));
          case Call.Reduce(
                  var kind,
                  var shape,
                  var from,
                  var to,
                  var expr,
                  var inputs,
                  var outputs) ->
              kind == Call.Reduce.Kind.SUM
                  && from == 0
                  && cut.divides(shape.get(0))
                  && cut.operands(shape, inputs)
                  && cut.sum(((Call.Reduce) call).split(), shape.product(0, to) / images)
                  && cut.into(n ->
                      new Call.Reduce(kind, cut.fewer(shape, n), from, to, expr, inputs, outputs));
          case Call.Gemm c -> false;
          case Call.Softmax c -> false;
          case Call.Copy c -> false;
          case Call.Fill c -> false;
          case Call.OneHot c -> false;
          case Call.GatherRows c -> false;
          case Call.ScatterRows c -> false;
          case Call.Uniform c -> false;
        };
    return whole ? cut.build() : Optional.empty();
  }

  /** A cut in the making; each question answers whether the call can still be cut. */
  private static final class Builder {
    private final int images;
    private final ToIntFunction<Ref> elements;
    private final Map<Ref, Integer> perImage = new HashMap<>();
    private int unit = 1;
    private boolean sums;
    private IntFunction<Call> pieces =
        n -> {
          throw new IllegalStateException("cut: has no pieces");
        };

    Builder(int images, ToIntFunction<Ref> elements) {
      this.images = images;
      this.elements = elements;
    }

    boolean divides(int outermost) {
      return outermost % images == 0;
    }

    /** Whether the geometry has these images, of which {@code refs} hold an equal share each. */
    boolean batch(int batch, Ref... refs) {
      boolean cut = batch == images;
      for (Ref ref : refs) {
        cut = cut && own(ref, elements.applyAsInt(ref) / images);
      }
      return cut;
    }

    /** Whether the buffer's elements are {@code n} of each image, in order. */
    boolean own(Ref ref, int n) {
      Integer known = perImage.putIfAbsent(ref, n);
      return (known == null || known == n) && (long) n * images == elements.applyAsInt(ref);
    }

    boolean operands(Dims shape, List<Operand> operands) {
      int rows = shape.get(0) / images;
      for (Operand operand : operands) {
        int stride = operand.strides().get(0);
        if (stride != 0 && !own(operand.ref(), rows * stride)) {
          return false;
        }
      }
      return operands.stream()
          .noneMatch(
              operand -> operand.strides().get(0) == 0 && perImage.containsKey(operand.ref()));
    }

    /** Whether a part of a sum is made of whole images, which have {@code terms} of it each. */
    boolean sum(Split split, int terms) {
      return split.length() % terms == 0 && moments(split, terms);
    }

    /** Whether some images, which have {@code terms} of a sum each, are whole parts of it. */
    boolean moments(Split split, int terms) {
      sums = true;
      unit = split.length() / gcd(split.length(), terms);
      return split.parts() > 1 && unit < images;
    }

    Dims fewer(Dims shape, int n) {
      int[] extents = shape.toArray();
      extents[0] = extents[0] / images * n;
      return Dims.of(extents);
    }

    boolean into(IntFunction<Call> cut) {
      pieces = cut;
      return true;
    }

    Optional<ImageCut> build() {
      return Optional.of(new ImageCut(perImage, unit, sums, pieces));
    }

    private static int gcd(int a, int b) {
      return b == 0 ? a : gcd(b, a % b);
    }
  }
}
