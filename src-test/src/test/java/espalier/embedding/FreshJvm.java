package espalier.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM of its own that has what it is given and nothing else. */
record FreshJvm(List<String> options) {
  private static final String VECTORS = "jdk.incubator.vector";
  private static final long LIMIT_SECONDS = 300;

  /** What the JVM itself says to everyone who asks for the vector module. */
  private static final Set<String> OF_THE_JVM =
      Set.of("WARNING: Using incubator modules: " + VECTORS);

  /** Parts of the engine on the class path. */
  static FreshJvm classPath(Path... parts) {
    return new FreshJvm(List.of("-cp", joined(parts)));
  }

  /** Parts of the engine on the module path. */
  static FreshJvm modulePath(Path... parts) {
    return new FreshJvm(List.of("-p", joined(parts)));
  }

  /** The classes or the jar that {@code type} comes from. */
  static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static String joined(Path... parts) {
    return List.of(parts).stream()
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  FreshJvm withVectors() {
    return with("--add-modules", VECTORS);
  }

  FreshJvm with(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new FreshJvm(all);
  }

  /** What a program wrote, line by line. */
  record Said(List<String> out, List<String> err) {}

  /** Runs it to its end in {@code folder}, which must be a good one. */
  Said run(Path folder, String... program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of(program));
    Path out = Files.createTempFile(folder, "said", ".out");
    Path err = Files.createTempFile(folder, "said", ".err");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    List<String> errors = new ArrayList<>(Files.readAllLines(err));
    errors.removeAll(OF_THE_JVM);
    assertThat(ended).describedAs("it ends; it said %s", errors).isTrue();
    assertThat(process.waitFor()).describedAs("exit code; it said %s", errors).isZero();
    return new Said(Files.readAllLines(out), errors);
  }
}
