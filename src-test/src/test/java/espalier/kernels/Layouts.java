package espalier.kernels;

import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.SplittableRandom;

/** How operands lie in their buffers. */
final class Layouts {
  private Layouts() {}

  /** Strides of a contiguous row-major tensor. */
  static Dims contiguous(Dims shape) {
    int[] strides = new int[shape.rank()];
    int next = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = next;
      next *= shape.get(axis);
    }
    return Dims.of(strides);
  }

  /**
   * Strides an operand may have: some axes repeated, outer axes in any order, rows apart from each
   * other; 0 or 1 along the last axis.
   */
  static Dims operand(SplittableRandom random, Dims shape) {
    int[] strides = new int[shape.rank()];
    int last = strides.length - 1;
    boolean broadcasting = random.nextBoolean();
    int next = 1;
    if (!broadcasting || random.nextInt(3) > 0) {
      strides[last] = 1;
      next = shape.get(last) + (random.nextInt(3) == 0 ? random.nextInt(4) : 0);
    }
    int first = random.nextInt(Math.max(1, last));
    for (int i = last - 1; i >= 0; i--) {
      int axis = (i + first) % last;
      if (!broadcasting || random.nextInt(3) > 0) {
        strides[axis] = next;
        next *= shape.get(axis);
      }
    }
    return Dims.of(strides);
  }

  /** Elements a buffer needs so that {@code strides} stay inside over {@code shape}. */
  static int span(Dims shape, Dims strides) {
    int last = 0;
    for (int axis = 0; axis < shape.rank(); axis++) {
      last += (shape.get(axis) - 1) * strides.get(axis);
    }
    return last + 1;
  }

  /** A fed operand over {@code shape}. */
  static Operand input(KernelCaseBuilder builder, Dims shape, Dims strides, boolean specials) {
    int span = span(shape, strides);
    float[] values =
        specials ? Values.mixed(builder.random(), span) : Values.plain(builder.random(), span);
    Ref ref = builder.input(values);
    return new Operand(ref, strides);
  }

  /** Where the operand keeps the element of the {@code index}-th point of {@code shape}. */
  static int offset(Dims shape, Operand operand, int index) {
    int offset = 0;
    int rest = index;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      offset += rest % shape.get(axis) * operand.strides().get(axis);
      rest /= shape.get(axis);
    }
    return offset;
  }
}
