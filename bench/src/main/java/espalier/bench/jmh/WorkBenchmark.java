package espalier.bench.jmh;

import espalier.bench.Check;
import espalier.bench.Job;
import espalier.bench.Work;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A work on the best backend, checked against the reference before it is timed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-modules=jdk.incubator.vector",
      "-XX:+UseG1GC",
      "-XX:MaxRAMPercentage=50"
    })
public abstract class WorkBenchmark {
  /** Threads of a program. */
  @Param("1")
  public int threads;

  private @Nullable Backend backend;
  private @Nullable Job job;

  /** What is timed. */
  abstract Work work();

  /** Checks the work and makes it ready. */
  @Setup
  public void open() {
    Backend opened = Backends.best(BackendOptions.threads(threads));
    backend = opened;
    Check.againstReference(work(), opened);
    job = work().open(opened);
  }

  /** The work. */
  @Benchmark
  public void run() {
    Objects.requireNonNull(job).run();
  }

  /** Gives back the memory. */
  @TearDown
  public void close() {
    Objects.requireNonNull(job).close();
    Objects.requireNonNull(backend).close();
  }
}
