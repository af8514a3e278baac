package espalier.kernels.cpu;

import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.function.Function;

/** Where each buffer of a program lies: in which array, from which element on. */
final class Layout {
  private final float[][] floats;
  private final int[][] ints;
  private final int[] at;
  private final int[] elements;

  private Layout(float[][] floats, int[][] ints, int[] at, int[] elements) {
    this.floats = floats;
    this.ints = ints;
    this.at = at;
    this.elements = elements;
  }

  /** The home of every buffer, given the block of memory each is in. */
  static Layout of(Program program, Function<Buffer, Block> blocks) {
    int buffers = program.buffers().size();
    Layout layout =
        new Layout(new float[buffers][], new int[buffers][], new int[buffers], new int[buffers]);
    for (int b = 0; b < buffers; b++) {
      Buffer buffer = program.buffers().get(b);
      Block block = blocks.apply(buffer);
      layout.floats[b] = block.floats();
      layout.ints[b] = block.ints();
      layout.at[b] = Block.LEAD + offset(buffer);
      layout.elements[b] = buffer.elements();
    }
    return layout;
  }

  /** The first element of a buffer within its block. */
  static int offset(Buffer buffer) {
    return switch (buffer.home()) {
      case Buffer.Home.Arena(int offset) -> offset;
      case Buffer.Home.Variable variable -> 0;
    };
  }

  /** A copy whose buffers can be moved. */
  Layout copy() {
    return new Layout(floats.clone(), ints, at.clone(), elements);
  }

  /** Lets a buffer begin at element {@code to} of its array. */
  void move(Ref ref, int to) {
    at[ref.id()] = to;
  }

  /** Lets a buffer lie in another array. */
  void move(Ref ref, float[] array, int to) {
    floats[ref.id()] = array;
    at[ref.id()] = to;
  }

  /** The array that holds an F32 buffer, from {@link #at} on. */
  float[] array(Ref ref) {
    return floats[ref.id()];
  }

  /** The array that holds an I32 buffer, from {@link #at} on. */
  int[] ints(Ref ref) {
    return ints[ref.id()];
  }

  /** Where the buffer's first element is in its array. */
  int at(Ref ref) {
    return at[ref.id()];
  }

  /** Elements of a buffer. */
  int elements(Ref ref) {
    return elements[ref.id()];
  }
}
