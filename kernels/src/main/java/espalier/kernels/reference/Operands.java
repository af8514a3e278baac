package espalier.kernels.reference;

import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;

/** Finds the memory of a program's buffers. */
record Operands(Program program, ReferenceMemory memory) {

  /** Numbers of {@code ref}, of which there must be {@code elements}. */
  DoubleCells numbers(Ref ref, int elements) {
    DoubleCells cells = numbers(ref);
    requireLength(ref, cells.length(), elements);
    return cells;
  }

  /** Numbers of {@code ref}, however many. */
  DoubleCells numbers(Ref ref) {
    requireType(ref, DType.F32);
    return memory.numbers(program.buffer(ref));
  }

  /** Integers of {@code ref}, of which there must be {@code elements}. */
  IntCells integers(Ref ref, int elements) {
    IntCells cells = integers(ref);
    requireLength(ref, cells.length(), elements);
    return cells;
  }

  /** Integers of {@code ref}, however many. */
  IntCells integers(Ref ref) {
    requireType(ref, DType.I32);
    return memory.integers(program.buffer(ref));
  }

  DType type(Ref ref) {
    return program.buffer(ref).type();
  }

  private void requireType(Ref ref, DType expected) {
    Buffer buffer = program.buffer(ref);
    if (buffer.type() != expected) {
      throw new IllegalArgumentException(
          "buffer %d: holds %s, the call expects %s".formatted(ref.id(), buffer.type(), expected));
    }
  }

  private static void requireLength(Ref ref, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "buffer %d: has %d elements, the call expects %d".formatted(ref.id(), found, expected));
    }
  }
}
