package espalier.kernels.spi;

/**
 * How a backend is opened.
 *
 * @param threads threads a program may use, the caller's included
 * @param allocations told of every allocation and release of variables and arenas
 */
public record BackendOptions(int threads, AllocationListener allocations) {
  public BackendOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: found " + threads + ", expected 1 or more");
    }
  }

  /** Options with {@code threads} threads and nobody listening. */
  public static BackendOptions threads(int threads) {
    return new BackendOptions(threads, (variableOrArena, bytes) -> {});
  }

  /** As many threads as the machine has processors. */
  public static BackendOptions defaults() {
    return threads(Runtime.getRuntime().availableProcessors());
  }

  /** Hears of memory taken (positive) and given back (negative). */
  @FunctionalInterface
  public interface AllocationListener {
    /** {@code bytes} were allocated, or released where negative. */
    void changed(String variableOrArena, long bytes);
  }
}
