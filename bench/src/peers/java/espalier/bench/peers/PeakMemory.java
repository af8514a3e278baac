package espalier.bench.peers;

import espalier.bench.Job;
import espalier.bench.Row;
import espalier.bench.Rows;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The most memory that one engine takes for one row: in a process of its own, the high-water mark
 * of its resident memory above the mark after loading. Loaded is an engine that has run the row's
 * small form.
 */
public final class PeakMemory {
  private static final String OURS = "ours";
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String MARK = "VmHWM:";
  private static final int RUNS = 3;

  private PeakMemory() {}

  /** Whether this system tells. */
  static boolean isKnown() {
    return Files.isReadable(STATUS);
  }

  /** Measures both engines. */
  static Result.Peak of(Rows row, int threads, Layout layout) {
    return new Result.Peak(
        child(OURS, row, threads, layout), child(Libtorch.NAME, row, threads, layout));
  }

  private static long child(String engine, Rows row, int threads, Layout layout) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(PeakMemory.class.getName());
    command.addAll(List.of(engine, row.name(), Integer.toString(threads), layout.name()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(
            "peak memory of %s by %s: the process ended with code %d"
                .formatted(row.row().label(), engine, process.exitValue()));
      }
      return Long.parseLong(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("peak memory: interrupted", e);
    }
  }

  /** The process of one engine: engine, row, threads, layout; prints bytes. */
  public static void main(String[] arguments) {
    Row row = Rows.valueOf(arguments[1]).row();
    int threads = Integer.parseInt(arguments[2]);
    Layout layout = Layout.valueOf(arguments[3]);
    if (arguments[0].equals(OURS)) {
      try (Backend backend = Backends.best(BackendOptions.threads(threads))) {
        System.out.println(peak(row, form -> form.open(backend)));
      }
    } else {
      Libtorch.useThreads(threads);
      System.out.println(peak(row, form -> Libtorch.open(form, layout)));
    }
  }

  @FunctionalInterface
  private interface Engine {
    Job open(Row row);
  }

  private static long peak(Row row, Engine engine) {
    try (Job job = engine.open(row.small())) {
      job.run();
    }
    long loaded = mark();
    try (Job job = engine.open(row)) {
      for (int i = 0; i < RUNS; i++) {
        job.run();
      }
    }
    return mark() - loaded;
  }

  private static long mark() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(MARK)) {
          return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(STATUS + ": has no " + MARK);
  }
}
