package espalier.kernels.reference;

import espalier.kernels.reference.ReferenceBackend.ReferenceProgram;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions.AllocationListener;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Store;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A store whose programs run on the backend's thread. {@link #run} checks, copies the feeds and
 * returns; everything else first waits for the programs started before it, and is where their
 * failures come to light.
 */
final class ReferenceStore implements Store {
  private static final System.Logger LOG = System.getLogger(ReferenceStore.class.getName());

  private final ReferenceBackend backend;
  private final ReferenceMemory memory;
  private int runs;
  private Future<?> latest = CompletableFuture.completedFuture(null);
  private boolean closed;

  ReferenceStore(ReferenceBackend backend, AllocationListener listener) {
    this.backend = backend;
    this.memory = new ReferenceMemory(listener);
  }

  @Override
  public void declare(String variable, DType type, int elements) {
    settle();
    memory.declare(variable, type, elements);
  }

  @Override
  public void write(String variable, HostData values) {
    settle();
    Buffer target = memory.variable(variable);
    requireFits("variable '" + variable + "'", values, target);
    memory.overwrite(target, values);
  }

  @Override
  public HostData read(String variable) {
    settle();
    return memory.copyOf(memory.variable(variable));
  }

  @Override
  public void expect(Backend.Compiled compiled) {
    requireOpen();
    memory.expect(ours(compiled));
  }

  private Program ours(Backend.Compiled compiled) {
    if (!(compiled instanceof ReferenceProgram(ReferenceBackend owner, Program program))
        || owner != backend) {
      throw new IllegalArgumentException(
          "program: was compiled by another backend, expected this " + backend.name());
    }
    return program;
  }

  @Override
  public Results run(Backend.Compiled compiled, Map<String, HostData> feeds) {
    requireOpen();
    Program program = ours(compiled);
    requireVariables(program);
    Map<Buffer, HostData> copies = copyFeeds(program, feeds);
    if (latest.isDone() || !memory.holds(program)) {
      settle();
      memory.growFor(program);
    }
    Future<?> before = latest;
    Future<?> run =
        backend.submit(() -> {
          await(before);
          copies.forEach(memory::overwrite);
          Operands operands = new Operands(program, memory);
          for (Program.Step step : program.steps()) {
            ReferenceKernels.run(step.call(), operands);
          }
        });
    latest = run;
    runs++;
    int number = runs;
    return index -> readResult(number, run, program, index);
  }

  private HostData readResult(int number, Future<?> run, Program program, int index) {
    requireOpen();
    Ref result = program.results().get(index);
    if (number != runs) {
      throw new IllegalStateException(
          "result " + index + ": another program has run in this store, read results before");
    }
    await(run);
    return memory.copyOf(program.buffer(result));
  }

  private void requireVariables(Program program) {
    for (Buffer buffer : program.buffers()) {
      if (buffer.home() instanceof Buffer.Home.Variable(String name)
          && !memory.variable(name).equals(buffer)) {
        Buffer found = memory.variable(name);
        throw new IllegalArgumentException(
            "variable '%s': holds %d elements of %s, the program expects %d of %s"
                .formatted(name, found.elements(), found.type(), buffer.elements(), buffer.type()));
      }
    }
  }

  private static Map<Buffer, HostData> copyFeeds(Program program, Map<String, HostData> feeds) {
    if (!feeds.keySet().equals(program.feeds().keySet())) {
      throw new IllegalArgumentException(
          "feeds: found %s, expected %s".formatted(feeds.keySet(), program.feeds().keySet()));
    }
    Map<Buffer, HostData> copies = new LinkedHashMap<>();
    for (Map.Entry<String, Ref> feed : program.feeds().entrySet()) {
      HostData values = Objects.requireNonNull(feeds.get(feed.getKey()), feed.getKey());
      Buffer target = program.buffer(feed.getValue());
      requireFits("feed '" + feed.getKey() + "'", values, target);
      copies.put(target, copyOf(values));
    }
    return copies;
  }

  private static HostData copyOf(HostData values) {
    return switch (values) {
      case HostData.Floats(float[] array) -> HostData.of(array.clone());
      case HostData.Doubles(double[] array) -> HostData.of(array.clone());
      case HostData.Ints(int[] array) -> HostData.of(array.clone());
    };
  }

  private static void requireFits(String what, HostData values, Buffer target) {
    if (values.type() != target.type() || values.length() != target.elements()) {
      throw new IllegalArgumentException(
          "%s: %d values of %s, expected %d of %s"
              .formatted(what, values.length(), values.type(), target.elements(), target.type()));
    }
  }

  /** Waits until the store is idle; a failure is thrown by one such wait and then forgotten. */
  private void settle() {
    requireOpen();
    Future<?> before = latest;
    try {
      await(before);
    } catch (IllegalStateException failure) {
      latest = CompletableFuture.completedFuture(null);
      throw failure;
    }
  }

  private static void await(Future<?> run) {
    try {
      run.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("program: failed with " + failure.getMessage(), failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("program: interrupted while waiting for it", interruption);
    }
  }

  private void requireOpen() {
    backend.requireOpen();
    if (closed) {
      throw new IllegalStateException("store: is closed, expected an open one");
    }
  }

  @Override
  public long bytes() {
    return memory.bytes();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      awaitEnd(latest);
      memory.release();
    }
  }

  /** Waits for the memory to be idle; with nobody left to read results, a failure spoils none. */
  private static void awaitEnd(Future<?> run) {
    try {
      await(run);
    } catch (IllegalStateException failure) {
      LOG.log(System.Logger.Level.DEBUG, "store: closed after a failed program", failure);
    }
  }
}
