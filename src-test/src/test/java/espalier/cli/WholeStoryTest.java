package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.cli.Commands.Ended;
import espalier.core.io.JsonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a user does, one command after another, on small images. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class WholeStoryTest {
  @TempDir static Path folder;

  private static Path searched() {
    return folder.resolve("searched");
  }

  private static Path trained() {
    return folder.resolve("trained");
  }

  private static String succeed(List<String> arguments) {
    Ended ended = Commands.run(arguments);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    return ended.out();
  }

  private static void assertFraction(double value) {
    assertThat(value).isBetween(0.0, 1.0);
  }

  @Test
  @Order(1)
  void searchFindsTrainsAndWritesEverything() throws IOException {
    String out = succeed(Commands.tinySearch("--budget=7steps", "--seed=7", "--out=" + searched()));
    assertThat(out)
        .contains("Searching: 7 steps, 3 an epoch")
        .contains("Training: 7 steps, 3 an epoch")
        .contains("search epoch 3/3")
        .contains("train epoch 3/3")
        .contains("espalier evaluate --model " + searched());
    assertThat(searched())
        .isDirectoryContaining("glob:**/genotype.json")
        .isDirectoryContaining("glob:**/normal.svg")
        .isDirectoryContaining("glob:**/reduce.svg")
        .isDirectoryContaining("glob:**/model.json")
        .isDirectoryContaining("glob:**/model.safetensors")
        .isDirectoryContaining("glob:**/run.journal")
        .isDirectoryNotContaining("glob:**/*.checkpoint.*");
    JsonDocument result = JsonDocument.read(searched().resolve("result.json"));
    assertThat(out).contains(result.string("genotype"));
    assertThat(result.longInteger("params")).isPositive();
    assertThat(result.longInteger("macs")).isPositive();
    assertFraction(result.real("searchValidAccuracy"));
    assertFraction(result.real("validAccuracy"));
    assertFraction(result.real("testAccuracy"));
    assertThat(result.real("searchSeconds")).isPositive();
    assertThat(result.real("trainSeconds")).isPositive();
    JsonDocument provenance = result.get("provenance");
    assertThat(provenance.integer("seed")).isEqualTo(7);
    assertThat(provenance.string("dataHash")).hasSize(64);
    assertThat(provenance.string("testHash")).hasSize(64);
    assertThat(provenance.names()).contains("backend", "espalier", "java", "parameters");
    assertThat(provenance.get("parameters").names()).contains("space", "method", "recipe");
    assertThat(Files.readString(searched().resolve("normal.svg"))).startsWith("<svg");
  }

  @Test
  @Order(2)
  void imagesAreWrittenAsFilesThatTrainReads() {
    Path images = folder.resolve("images");
    succeed(
        List.of("data", "generated", "--train-images=60", "--test-images=20", "--out=" + images));
    String out =
        succeed(
            List.of(
                "train",
                "--genotype=" + searched().resolve("genotype.json"),
                "--data=" + images,
                "--channels=2",
                "--cells=2",
                "--batch=16",
                "--budget=2epochs",
                "--flip",
                "--out=" + trained()));
    assertThat(out).contains("Training: 6 steps, 3 an epoch");
    JsonDocument result = JsonDocument.read(trained().resolve("result.json"));
    assertThat(result.string("genotype"))
        .isEqualTo(JsonDocument.read(searched().resolve("result.json")).string("genotype"));
    assertThat(result.longInteger("peakTrainBytes")).isPositive();
  }

  @Test
  @Order(3)
  void evaluateMeasuresWhatTheRunMeasured() {
    for (Path model : List.of(searched(), trained())) {
      JsonDocument result = JsonDocument.read(model.resolve("result.json"));
      for (String split : List.of("test", "valid")) {
        String out = succeed(List.of("evaluate", "--model=" + model, "--split=" + split, "--json"));
        JsonDocument measured = JsonDocument.parse("evaluate", out);
        assertThat(measured.real("accuracy")).isEqualTo(result.real(split + "Accuracy"));
      }
    }
  }

  @Test
  @Order(4)
  void predictNamesClassesOfFilesAndFolders() {
    Path images = folder.resolve("images").resolve("test").resolve("disc");
    String out =
        succeed(List.of("predict", "--model=" + trained(), "--top=3", "--json", "" + images));
    List<JsonDocument> answers = JsonDocument.parse("predict", out).elements();
    assertThat(answers).hasSize(2);
    JsonDocument first = answers.getFirst();
    assertThat(first.list("top")).hasSize(3);
    assertThat(first.list("top").getFirst().string("label")).isEqualTo(first.string("label"));
    assertThat(first.list("top").getFirst().real("probability"))
        .isEqualTo(first.real("probability"))
        .isGreaterThanOrEqualTo(first.list("top").get(1).real("probability"));
    String plain = succeed(List.of("predict", "--model=" + trained(), first.string("file")));
    assertThat(plain).startsWith(first.string("file") + ": " + first.string("label"));
  }

  @Test
  @Order(5)
  void aFinishedRunSaysSoWhenItIsResumed() throws IOException {
    byte[] before = Files.readAllBytes(searched().resolve("run.journal"));
    String out = succeed(List.of("search", "--resume", "--out=" + searched()));
    assertThat(out)
        .contains("is finished")
        .contains(JsonDocument.read(searched().resolve("result.json")).string("genotype"));
    assertThat(Files.readAllBytes(searched().resolve("run.journal"))).isEqualTo(before);
  }

  @Test
  void budgetsAreExact() {
    Path out = folder.resolve("budgets");
    String said =
        succeed(Commands.tinySearch("--budget=2epochs", "--train-budget=5steps", "--out=" + out));
    assertThat(said)
        .contains("Searching: 6 steps, 3 an epoch")
        .contains("Training: 5 steps, 3 an epoch")
        .doesNotContain("search epoch 3")
        .doesNotContain("train epoch 3");
  }

  @Test
  void aBudgetOfTimeBoundsTheWholeCommandAndBecomesSteps() throws IOException {
    Path out = folder.resolve("timed");
    long start = System.nanoTime();
    succeed(Commands.tinySearch("--budget=20s", "--out=" + out));
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(30);
    assertThat(Files.readString(out.resolve("run.journal")))
        .contains("{\"type\":\"budget\",\"phase\":\"search\",\"budget\":\"20s\",\"steps\":")
        .contains("{\"type\":\"budget\",\"phase\":\"train\",\"budget\":\"20s\",\"steps\":");
  }

  @Test
  void aDrawAndTheOtherSpaceGoTheSameWay() {
    Path out = folder.resolve("draw");
    String said =
        succeed(
            List.of(
                "search",
                "--space=nas-bench-201",
                "--strategy=draw",
                "--train-images=32",
                "--valid-images=32",
                "--test-images=20",
                "--channels=2",
                "--cells=1",
                "--batch=16",
                "--budget=2steps",
                "--out=" + out));
    assertThat(said).doesNotContain("Searching").contains("Found |");
    assertThat(out).isDirectoryContaining("glob:**/cell.svg");
    JsonDocument result = JsonDocument.read(out.resolve("result.json"));
    assertThat(result.get("searchValidAccuracy").isNull()).isTrue();
  }

  @Test
  void countPrintsThreeNumbersAndNothingElse() {
    String cell = "|nor_conv_3x3~0|+|none~0|nor_conv_1x1~1|+|skip_connect~0|none~1|avg_pool_3x3~2|";
    assertThat(succeed(List.of("count", "--space=nasbench201", "--arch=" + cell, "--json")))
        .matches("\\{\"params\":344346,\"macs\":47104640,\"peakTrainBytes\":\\d+}\\R");
    String published =
        "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
            + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0),"
            + " ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
            + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0),"
            + " ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)],"
            + " reduce_concat=[2, 3, 4, 5])";
    assertThat(succeed(List.of("count", "--arch=" + published, "--channels=36", "--cells=20")))
        .contains("3,349,342");
    assertThat(succeed(List.of("count", "--network=resnet20", "--json")))
        .startsWith("{\"params\":269722,\"macs\":40551040,");
  }

  @Test
  void countKnowsTheMemoryThatTrainingTakes() {
    Path out = folder.resolve("memory");
    succeed(Commands.tinyTraining("--budget=1steps", "--out=" + out));
    String counted =
        succeed(List.of("count", "--network=cnn", "--input=16x16x1", "--batch=16", "--json"));
    assertThat(JsonDocument.read(out.resolve("result.json")).longInteger("peakTrainBytes"))
        .isEqualTo(JsonDocument.parse("count", counted).longInteger("peakTrainBytes"));
  }

  @Test
  void doctorSaysWhatIsThere() {
    assertThat(succeed(List.of("doctor"))).contains("Java", "Memory", "cpu-scalar", "reference");
  }

  @Test
  void helpShowsEveryOptionWithItsDefault() {
    String help = succeed(List.of("search", "--help"));
    assertThat(help)
        .contains("--seed=N", "Default: 1", "--alpha-lr=R", "Default: 0.01")
        .doesNotContain("Optional.empty");
  }
}
