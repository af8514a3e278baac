package espalier.kernels.cpu;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.BackendOptions.AllocationListener;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Store;

/** The processor as a backend: walks a program step by step with the kernels of one twin. */
final class CpuBackend implements Backend {
  private final String name;
  private final String unit;
  private final Kernels kernels;
  private final Workers workers;
  private final AllocationListener allocations;
  private volatile boolean closed;

  /**
   * Opens a backend.
   *
   * @param unit what computes, {@code 512-bit vectors} for one
   */
  CpuBackend(String name, String unit, Kernels kernels, BackendOptions options) {
    this.name = name;
    this.unit = unit;
    this.kernels = kernels;
    this.workers = new Workers(options.threads(), name);
    this.allocations = options.allocations();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    int threads = workers.threads();
    return "%s: %s, %d %s".formatted(name, unit, threads, threads == 1 ? "thread" : "threads");
  }

  @Override
  public Compiled compile(Program program) {
    requireOpen();
    return new CpuProgram(this, program);
  }

  @Override
  public Store newStore() {
    requireOpen();
    return new CpuStore(this);
  }

  @Override
  public void close() {
    closed = true;
    workers.close();
  }

  Kernels kernels() {
    return kernels;
  }

  Workers workers() {
    return workers;
  }

  AllocationListener allocations() {
    return allocations;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("backend " + name + ": is closed, expected an open one");
    }
  }
}
