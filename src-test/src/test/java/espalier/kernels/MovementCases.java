package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Ref;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Calls that place values, at most adding them up, and random numbers. */
final class MovementCases {
  private static final int[] STRANGE_LABELS = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE};

  private MovementCases() {}

  /** Boxes from one place to another: slices, joins, transposes, repetitions. */
  static Arbitrary<KernelCase> copies() {
    return copies(Shapes.any());
  }

  /** Boxes of more elements than one thread is given at once. */
  static Arbitrary<KernelCase> largeCopies() {
    return copies(Shapes.large());
  }

  private static Arbitrary<KernelCase> copies(Arbitrary<Dims> extents) {
    return Combinators.combine(extents, Arbitraries.of(DType.class), Sizes.seeds())
        .as(MovementCases::copy);
  }

  static Arbitrary<KernelCase> fills() {
    return Combinators.combine(
            Arbitraries.of(0.0, -0.0, 0.1, -7.0, Double.NaN, Double.NEGATIVE_INFINITY, 1e-42),
            Sizes.any(),
            Sizes.seeds())
        .as(MovementCases::fill);
  }

  static Arbitrary<KernelCase> oneHots() {
    return Combinators.combine(Sizes.any(), Sizes.small(), Sizes.seeds()).as(MovementCases::oneHot);
  }

  static Arbitrary<KernelCase> gatheredRows() {
    return Combinators.combine(Sizes.any(), Sizes.small(), Sizes.medium(), Sizes.seeds())
        .as(MovementCases::gatherRows);
  }

  /** Repeated indices, so that rows are added up. */
  static Arbitrary<KernelCase> scatteredRows() {
    return Combinators.combine(Sizes.any(), Sizes.small(), Sizes.medium(), Sizes.seeds())
        .as(MovementCases::scatterRows);
  }

  /** Tables and rows of more elements than one thread is given at once. */
  static Arbitrary<KernelCase> largeTables() {
    return Combinators.combine(Arbitraries.of(1300, 2100), Sizes.seeds(), Arbitraries.of(0, 1))
        .as((entries, seed, call) ->
            call == 0 ? gatherRows(2500, entries, 33, seed) : scatterRows(2500, entries, 33, seed));
  }

  static Arbitrary<KernelCase> uniforms() {
    return Combinators.combine(
            Arbitraries.of(0, 1, -1, 123456789, Integer.MIN_VALUE), Sizes.any(), Sizes.seeds())
        .as(MovementCases::uniform);
  }

  static KernelCase copy(Dims extents, DType type, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    SplittableRandom random = builder.random();
    Dims sourceStrides = permuted(random, extents, 0);
    Dims targetStrides = permuted(random, extents, 2);
    int sourceOffset = random.nextInt(4);
    int targetOffset = random.nextInt(4);
    int sourceLength = sourceOffset + Layouts.span(extents, sourceStrides) + random.nextInt(3);
    int targetLength = targetOffset + Layouts.span(extents, targetStrides) + random.nextInt(3);
    Ref source = place(builder, type, sourceLength);
    Ref target = place(builder, type, targetLength);
    return builder
        .call(
            new Call.Copy(
                extents, source, sourceOffset, sourceStrides, target, targetOffset, targetStrides))
        .within(ErrorBound.exact());
  }

  private static Ref place(KernelCaseBuilder builder, DType type, int n) {
    return switch (type) {
      case F32 -> builder.input(Values.mixed(builder.random(), n));
      case I32 -> builder.labels(builder.random().ints(n).toArray());
    };
  }

  /** Strides with the axes in any order, each up to {@code gap} wider than it must be. */
  private static Dims permuted(SplittableRandom random, Dims extents, int gap) {
    int[] strides = new int[extents.rank()];
    int first = random.nextInt(3) == 0 ? random.nextInt(strides.length) : 0;
    int next = 1 + (gap > 0 && random.nextInt(3) == 0 ? random.nextInt(gap) : 0);
    for (int i = strides.length - 1; i >= 0; i--) {
      int axis = (i + first) % strides.length;
      strides[axis] = next;
      next *= extents.get(axis) + (gap > 0 ? random.nextInt(gap) : 0);
    }
    if (gap == 0 && random.nextInt(4) == 0) {
      strides[random.nextInt(strides.length)] = 0;
    }
    return Dims.of(strides);
  }

  static KernelCase fill(double value, int elements, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref y = builder.output(elements);
    return builder.call(new Call.Fill(value, y)).within(ErrorBound.exact());
  }

  static KernelCase oneHot(int rows, int classes, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref ref = builder.labels(strangeLabels(builder.random(), rows, classes));
    Ref y = builder.output(rows * classes);
    return builder.call(new Call.OneHot(rows, classes, ref, y)).within(ErrorBound.exact());
  }

  static KernelCase gatherRows(int rows, int entries, int width, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref indices = builder.labels(strangeLabels(builder.random(), rows, entries));
    Ref table = builder.input(Values.mixed(builder.random(), entries * width));
    Ref y = builder.output(rows * width);
    return builder
        .call(new Call.GatherRows(rows, entries, width, indices, table, y))
        .within(ErrorBound.exact());
  }

  /** No more rows than all are added up in one element. */
  static KernelCase scatterRows(int rows, int entries, int width, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref indices = builder.labels(strangeLabels(builder.random(), rows, entries));
    Ref dy = builder.input(Values.mixed(builder.random(), rows * width));
    Ref table = builder.output(entries * width);
    return builder
        .call(new Call.ScatterRows(rows, entries, width, indices, dy, table))
        .within(ErrorBound.sum(rows, List.of(dy)));
  }

  /** Labels of classes, the one behind the last, and one that is far from all. */
  private static int[] strangeLabels(SplittableRandom random, int rows, int classes) {
    int[] labels = random.ints(rows, 0, classes + 1).toArray();
    labels[random.nextInt(rows)] = STRANGE_LABELS[random.nextInt(STRANGE_LABELS.length)];
    return labels;
  }

  static KernelCase uniform(int stream, int elements, long seed) {
    KernelCaseBuilder builder = new KernelCaseBuilder(seed);
    Ref key = builder.labels(builder.random().ints(4).toArray());
    Ref y = builder.output(elements);
    return builder.call(new Call.Uniform(stream, elements, key, y)).within(ErrorBound.exact());
  }
}
