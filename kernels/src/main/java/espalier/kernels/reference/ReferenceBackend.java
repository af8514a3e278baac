package espalier.kernels.reference;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Store;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs programs in double precision on one daemon thread, in the order they were started, whatever
 * the number of threads allowed.
 */
final class ReferenceBackend implements Backend {
  private final String name;
  private final BackendOptions options;
  private final ExecutorService worker;

  ReferenceBackend(String name, BackendOptions options) {
    this.name = name;
    this.options = options;
    this.worker =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("espalier-" + name).factory());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "reference: plain loops in double precision on one thread";
  }

  @Override
  public Compiled compile(Program program) {
    requireOpen();
    return new ReferenceProgram(this, program);
  }

  @Override
  public Store newStore() {
    requireOpen();
    return new ReferenceStore(this, options.allocations());
  }

  /** Puts {@code work} behind everything submitted before it. */
  Future<?> submit(Runnable work) {
    requireOpen();
    return worker.submit(work);
  }

  void requireOpen() {
    if (worker.isShutdown()) {
      throw new IllegalStateException("backend " + name + ": is closed, expected an open one");
    }
  }

  /** Waits for the programs already started, then ends the thread. */
  @Override
  public void close() {
    worker.close();
  }

  /** A program as it is: the reference prepares nothing. */
  record ReferenceProgram(ReferenceBackend backend, Program program) implements Compiled {}
}
