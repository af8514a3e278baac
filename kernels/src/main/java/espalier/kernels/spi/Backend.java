package espalier.kernels.spi;

/**
 * An open device with its workers. Compiled programs and stores of one backend belong together;
 * different stores may run at the same time from different threads.
 */
public interface Backend extends AutoCloseable {

  /** The name it was opened by, {@code cpu-simd} for one. */
  String name();

  /** One line on the device: what computes, how wide, with how many threads. */
  String description();

  /** Prepares a program; the result is immutable and may be run in any store of this backend. */
  Compiled compile(Program program);

  /** A new store with no variables. */
  Store newStore();

  /** Stops the workers. Stores and compiled programs of a closed backend refuse to run. */
  @Override
  void close();

  /** A program made ready by the backend that alone understands it. */
  interface Compiled {
    /** The program this was compiled from. */
    Program program();
  }
}
