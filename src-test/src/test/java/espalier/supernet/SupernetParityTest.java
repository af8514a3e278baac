package espalier.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A search ends with the same bits on the scalar kernels and on vectors of every width, with one
 * thread and with two. A width is fixed for the life of a JVM, so each has one of its own; the
 * Vector API emulates those that the machine lacks.
 */
final class SupernetParityTest {
  /** The published size where this property says so, for a check by hand. */
  private static final SupernetRun.Size SIZE =
      Boolean.getBoolean("espalier.parity.full") ? SupernetRun.Size.FULL : SupernetRun.Size.SMALL;

  private static final long LIMIT_SECONDS = SIZE == SupernetRun.Size.FULL ? 7200 : 300;
  private static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  @TempDir private Path folder;

  private static final class Scalar {
    static final String DIGEST = digest();

    private static String digest() {
      try (Backend backend = Backends.open("cpu-scalar", BackendOptions.threads(1))) {
        return SupernetRun.digest(SIZE, backend);
      }
    }
  }

  @Test
  void twoThreadsGiveTheBitsOfOne() {
    try (Backend backend = Backends.open("cpu-scalar", BackendOptions.threads(2))) {
      assertThat(SupernetRun.digest(SIZE, backend)).isEqualTo(Scalar.DIGEST);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void vectorsOfEveryWidthGiveTheBitsOfTheScalarKernels(int bits) throws Exception {
    List<String> options = new ArrayList<>(VECTORS);
    options.add("-Despalier.vector.bits=" + bits);
    Said said = run(options, "cpu-simd", "1", "2");
    assertThat(said.out()).as(said.err()).containsExactly(Scalar.DIGEST, Scalar.DIGEST);
  }

  @Test
  void withoutTheIncubatorModuleOneLineSaysWhatIsMissingAndTheBitsAreTheSame() throws Exception {
    Said said = run(List.of(), "best", "1");
    assertThat(said.out()).as(said.err()).containsExactly(Scalar.DIGEST);
    assertThat(said.err().lines().filter(line -> line.contains("cpu-simd")))
        .singleElement()
        .asString()
        .contains("--add-modules jdk.incubator.vector");
  }

  private record Said(List<String> out, String err) {}

  /** Runs {@link SupernetRun} in a JVM of its own. */
  private Said run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(SupernetRun.class.getName());
    command.add(SIZE.name());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("it ends in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(err, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isZero();
    return new Said(Files.readAllLines(out, StandardCharsets.UTF_8), said);
  }
}
