package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped, however roughly, ends with the bits of one that was not. */
final class ResumeTest {
  private static final int CANCEL_LIMIT_MILLIS = 2000;
  private static final int TERMINATED = 143;

  @TempDir static Path folder;

  private static byte[] uninterrupted = {};

  private static List<String> search(String out) {
    return Commands.tinySearch("--budget=3epochs", "--seed=5", "--out=" + folder.resolve(out));
  }

  private static List<String> resumed(String out) {
    return List.of("search", "--resume", "--out=" + folder.resolve(out));
  }

  private static byte[] weights(String out) throws IOException {
    return Files.readAllBytes(folder.resolve(out).resolve("model.safetensors"));
  }

  @BeforeAll
  static void searchWithoutAStop() throws IOException {
    assertThat(Commands.run(search("whole")).code()).isZero();
    uninterrupted = weights("whole");
  }

  @Test
  void killedInBothPhasesItEndsWithTheSameBits() throws Exception {
    try (ChildJvm first = ChildJvm.start(search("killed"))) {
      first.awaitLine("search epoch 2/");
      first.kill();
    }
    try (ChildJvm second = ChildJvm.start(resumed("killed"))) {
      second.awaitLine("train epoch 1/");
      second.kill();
    }
    assertThat(Commands.run(resumed("killed")).code()).isZero();
    assertThat(weights("killed")).isEqualTo(uninterrupted);
  }

  @Test
  void cancelledItStopsWithinTwoSecondsAndSaysHowToGoOn() throws Exception {
    List<String> threads = new ArrayList<>(search("cancelled"));
    threads.add("--threads=1");
    try (ChildJvm first = ChildJvm.start(threads)) {
      first.awaitLine("search epoch 1/");
      long millis = first.interrupt();
      assertThat(first.exitCode()).isEqualTo(TERMINATED);
      assertThat(millis).isLessThan(CANCEL_LIMIT_MILLIS);
      assertThat(first.said())
          .contains("espalier search --resume --out " + folder.resolve("cancelled"));
    }
    assertThat(folder.resolve("cancelled")).isDirectoryNotContaining("glob:**/result.json");
    assertThat(Commands.run(resumed("cancelled")).code()).isZero();
    assertThat(weights("cancelled")).isEqualTo(uninterrupted);
  }

  @Test
  void aTornJournalLineIsDroppedAndTheRunGoesOn() throws Exception {
    try (ChildJvm first = ChildJvm.start(search("torn"))) {
      first.awaitLine("search epoch 1/");
      first.kill();
    }
    Path journal = folder.resolve("torn").resolve("run.journal");
    Files.writeString(
        journal,
        Files.readString(journal) + "0123abcd {\"type\":\"epo",
        java.nio.charset.StandardCharsets.UTF_8);
    assertThat(Commands.run(resumed("torn")).code()).isZero();
    assertThat(weights("torn")).isEqualTo(uninterrupted);
  }

  @Test
  void optionsThatContradictTheRunAreRefused() {
    List<String> other = new ArrayList<>(resumed("whole"));
    other.add("--seed=6");
    Commands.Ended ended = Commands.run(other);
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.err()).contains("--seed 6 contradicts the run, which has 5");
  }

  @Test
  void optionsThatAgreeWithTheRunAreFine() {
    List<String> same = new ArrayList<>(search("whole"));
    same.add("--resume");
    assertThat(Commands.run(same).code()).isZero();
  }
}
