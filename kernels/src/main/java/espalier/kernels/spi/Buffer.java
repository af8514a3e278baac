package espalier.kernels.spi;

import java.util.Objects;

/**
 * Memory of one tensor: contiguous, row-major, {@code elements} of one type, at home in the arena
 * or in a variable.
 */
public record Buffer(DType type, int elements, Home home) {
  public Buffer {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(home, "home");
    if (elements < 0) {
      throw new IllegalArgumentException("buffer: " + elements + " elements, expected 0 or more");
    }
  }

  /** Where a buffer lives. */
  public sealed interface Home {

    /**
     * In the store's arena for the buffer's type, {@code offset} elements from its start. Buffers
     * whose lifetimes do not overlap share elements.
     */
    record Arena(int offset) implements Home {}

    /** In the store's variable of this name, which outlives the run. */
    record Variable(String name) implements Home {}
  }
}
