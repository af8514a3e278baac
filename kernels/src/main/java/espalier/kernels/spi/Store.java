package espalier.kernels.spi;

import java.util.Map;

/**
 * Memory of one session on one backend: named variables and one arena that programs share. Used by
 * one thread at a time.
 */
public interface Store extends AutoCloseable {

  /**
   * Creates a variable filled with zeros.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  void declare(String variable, DType type, int elements);

  /** Overwrites a whole variable; the values are copied. */
  void write(String variable, HostData values);

  /** A copy of a variable's values, in the precision the backend holds. */
  HostData read(String variable);

  /**
   * Announces a program that will run here: when the arena grows next, it grows to the size of the
   * largest that was announced, so that no smaller one is made before it and left as garbage.
   */
  void expect(Backend.Compiled program);

  /**
   * Starts {@code program}: copies the feeds, then computes. The arena grows if the program does
   * not fit. Returns without waiting where the backend is asynchronous; the next call on this store
   * waits or queues behind it.
   *
   * @param feeds values for every feed of the program, by name
   */
  Results run(Backend.Compiled program, Map<String, HostData> feeds);

  /** Bytes held: variables and arena, as the memory figures count them. */
  long bytes();

  /** Releases the memory. */
  @Override
  void close();

  /** Results of one run; reading is what waits. A result can be read until the next run starts. */
  interface Results {
    /** A copy of result {@code index}, in the precision the backend holds. */
    HostData read(int index);
  }
}
