package espalier.model;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.Json;
import espalier.core.nn.Model;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two files of a model: written by hand, read by any release and by a bare Java. */
class ModelFormatTest {
  @TempDir Path folder;

  @Test
  void aModelWrittenByHandComputesWhatWasWorkedOutByHand() throws IOException {
    HandwrittenModel.write(
        folder, HandwrittenModel.head(), HandwrittenModel.weights(HandwrittenModel.HEADER));
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Model model = Model.load(folder, backend)) {
      assertThat(model.logits(List.of(HandwrittenModel.image())).getFirst())
          .containsExactly(10.5f, 25, -6);
      assertThat(model.classify(HandwrittenModel.image()).label()).isEqualTo("bee");
    }
  }

  @Test
  void savingItAgainWritesTheSameFiles() throws IOException {
    byte[] weights = HandwrittenModel.weights(HandwrittenModel.HEADER);
    HandwrittenModel.write(folder, HandwrittenModel.head(), weights);
    Path copy = folder.resolve("copy");
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Model model = Model.load(folder, backend)) {
      model.save(copy);
    }
    assertThat(Files.readAllBytes(copy.resolve("model.safetensors"))).isEqualTo(weights);
    assertThat(Json.parse("copy", Files.readString(copy.resolve("model.json"))))
        .isEqualTo(Json.parse("original", HandwrittenModel.head()));
    try (var files = Files.list(copy)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aFreshJavaLoadsItFromTheClassPathOfCoreAndKernels() throws Exception {
    assertThat(freshly("-cp", path(kernels(), core(), program())))
        .isEqualTo("[10.5, 25.0, -6.0] bee");
  }

  @Test
  void aFreshJavaLoadsItFromTheModulePathOfCoreAndKernels() throws Exception {
    assertThat(
            freshly(
                "-p",
                path(kernels(), core()),
                "--add-modules",
                "espalier.core",
                "-cp",
                program().toString()))
        .isEqualTo("[10.5, 25.0, -6.0] bee");
  }

  private String freshly(String... options) throws Exception {
    HandwrittenModel.write(
        folder, HandwrittenModel.head(), HandwrittenModel.weights(HandwrittenModel.HEADER));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add(ClassifyOnce.class.getName());
    command.add(folder.toString());
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return output;
  }

  private static String path(Path... places) {
    return String.join(File.pathSeparator, List.of(places).stream().map(Path::toString).toList());
  }

  private static Path kernels() throws Exception {
    return origin(Backend.class);
  }

  private static Path core() throws Exception {
    return origin(Model.class);
  }

  private static Path origin(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A folder with the one class of the program, away from all that tests have beside it. */
  private Path program() throws Exception {
    Path alone = folder.resolve("program");
    String file = ClassifyOnce.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(alone.resolve(file).getParent());
    Files.copy(origin(ClassifyOnce.class).resolve(file), alone.resolve(file));
    return alone;
  }
}
