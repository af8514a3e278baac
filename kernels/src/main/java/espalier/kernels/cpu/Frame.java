package espalier.kernels.cpu;

import espalier.kernels.spi.Ref;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a kernel sees of one step: where its buffers lie, its scratch memory and the workers. Made
 * once per program and store, not once per run.
 */
final class Frame {
  private final float[][] floats;
  private final int[][] ints;
  private final int[] at;
  private final int[] elements;
  private final float[] scratchArray;
  private final int scratchAt;
  private final Workers workers;
  private Optional<Object> prepared = Optional.empty();

  /**
   * A frame over buffers named by position.
   *
   * @param floats the array that holds each F32 buffer
   * @param ints the array that holds each I32 buffer
   * @param at where each buffer starts in its array
   * @param elements elements of each buffer
   */
  Frame(
      float[][] floats,
      int[][] ints,
      int[] at,
      int[] elements,
      float[] scratchArray,
      int scratchAt,
      Workers workers) {
    this.floats = floats;
    this.ints = ints;
    this.at = at;
    this.elements = elements;
    this.scratchArray = scratchArray;
    this.scratchAt = scratchAt;
    this.workers = workers;
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

  /** Whether the buffer's type is I32. */
  boolean holdsInts(Ref ref) {
    return ints[ref.id()].length > 0;
  }

  /** The array that holds the call's scratch memory, from {@link #scratchAt} on. */
  float[] scratchArray() {
    return scratchArray;
  }

  /** Where the call's scratch memory starts. */
  int scratchAt() {
    return scratchAt;
  }

  /** The threads a kernel may spread over. */
  Workers workers() {
    return workers;
  }

  /**
   * What the step's kernel worked out in its first run and uses in every other.
   *
   * @param type the type of what {@code preparation} makes
   */
  <T> T prepared(Class<T> type, Supplier<T> preparation) {
    if (prepared.isEmpty()) {
      prepared = Optional.of(preparation.get());
    }
    return type.cast(prepared.get());
  }
}
