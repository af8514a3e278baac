package espalier.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, which a test may kill. */
final class ChildJvm implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private ChildJvm(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = err;
  }

  static ChildJvm start(List<String> arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /** Starts it behind a prefix: a command that runs the command it is given. */
  static ChildJvm start(List<String> prefix, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            "espalier.cli.Main"));
    command.addAll(arguments);
    Path err = Files.createTempFile("espalier", ".err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    return new ChildJvm(process, err);
  }

  /** Reads on until a line begins with {@code start}. */
  void awaitLine(String start) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(start)) {
        return;
      }
    }
    throw new AssertionError("no line begins with '%s'; it said: %s".formatted(start, said()));
  }

  /** Kills it with no chance to do anything. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, as Ctrl-C does; answers the milliseconds until it has. */
  long interrupt() throws InterruptedException {
    long start = System.nanoTime();
    process.toHandle().destroy(); // the process's own method would close its output
    process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Waits for its end; answers its exit code. */
  int exitCode() throws IOException, InterruptedException {
    while (out.readLine() != null) {
      // Nobody else empties the pipe.
    }
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; it said: " + said());
    }
    return process.exitValue();
  }

  /** What it wrote as errors, without what the JVM says by itself. */
  String said() {
    try {
      return Files.readAllLines(err).stream()
          .filter(line -> !line.startsWith("WARNING: "))
          .reduce("", (all, line) -> all + line + "\n");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    out.close();
    Files.deleteIfExists(err);
  }
}
