package espalier.kernels.cpu;

import espalier.kernels.spi.Ref;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a kernel sees of one step: where its buffers lie, its scratch memory and the workers. Made
 * once per program and store, not once per run; where buffers lie may change from run to run.
 */
final class Frame {
  private final Layout layout;
  private final float[] scratchArray;
  private final int scratchAt;
  private final Workers workers;
  private Optional<Object> prepared = Optional.empty();

  /** A frame over {@code layout} whose scratch memory starts at {@code scratchAt}. */
  Frame(Layout layout, float[] scratchArray, int scratchAt, Workers workers) {
    this.layout = layout;
    this.scratchArray = scratchArray;
    this.scratchAt = scratchAt;
    this.workers = workers;
  }

  /** The array that holds an F32 buffer, from {@link #at} on. */
  float[] array(Ref ref) {
    return layout.array(ref);
  }

  /** The array that holds an I32 buffer, from {@link #at} on. */
  int[] ints(Ref ref) {
    return layout.ints(ref);
  }

  /** Where the buffer's first element is in its array. */
  int at(Ref ref) {
    return layout.at(ref);
  }

  /** Where an F32 buffer lies, wherever it moves. */
  Home home(Ref ref) {
    return new Home() {
      @Override
      public float[] array() {
        return layout.array(ref);
      }

      @Override
      public int at() {
        return layout.at(ref);
      }
    };
  }

  /** Elements of a buffer. */
  int elements(Ref ref) {
    return layout.elements(ref);
  }

  /** Whether the buffer's type is I32. */
  boolean holdsInts(Ref ref) {
    return layout.ints(ref).length > 0;
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
