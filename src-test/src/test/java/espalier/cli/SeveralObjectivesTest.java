package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.JsonDocument;
import espalier.core.search.Objectives;
import espalier.core.space.Nb201Space;
import espalier.core.strategy.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches for a Pareto front from the command line. */
final class SeveralObjectivesTest {
  @TempDir static Path folder;

  private static List<String> search(String strategy, String objectives, String out) {
    return Commands.tinySearch(
        "--space=nasbench201",
        "--strategy=" + strategy,
        "--objectives=" + objectives,
        "--budget=24epochs",
        "--train-budget=1steps",
        "--out=" + folder.resolve(out));
  }

  private static JsonDocument document(String out, String file) throws IOException {
    return JsonDocument.parse(file, Files.readString(folder.resolve(out).resolve(file)));
  }

  /** Accuracy and the negatives of sizes. */
  private static double[] scores(JsonDocument figures) {
    return new double[] {
      figures.real("validAccuracy"), -figures.real("params"), -figures.real("macs")
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"nsga2", "random", "asha"})
  void theFrontIsThatOfTheTrialsAndItsFirstIsTrained(String strategy) throws IOException {
    Commands.Ended ended = Commands.run(search(strategy, "accuracy,params,macs", strategy));
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonDocument front = document(strategy, "front.json");
    assertThat(front.strings("objectives")).containsExactly("validAccuracy", "params", "macs");
    List<double[]> tried = tried(strategy);
    List<String> members = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (JsonDocument member : front.list("members")) {
      double[] scores = scores(member);
      members.add(Arrays.toString(scores));
      found.add(member.string("genotype"));
      assertThat(tried).noneMatch(other -> Objectives.dominates(other, scores));
      assertThat(ended.out())
          .contains(String.format(Locale.ROOT, "%,15.0f", member.real("params")));
    }
    assertThat(members).doesNotHaveDuplicates();
    for (double[] scores : tried) {
      boolean isDominated = tried.stream().anyMatch(other -> Objectives.dominates(other, scores));
      assertThat(isDominated || members.contains(Arrays.toString(scores))).isTrue();
    }
    assertThat(scores(front.list("members").getFirst())[0])
        .isEqualTo(tried.stream().mapToDouble(each -> each[0]).max().orElseThrow());
    assertThat(document(strategy, "result.json").string("genotype")).isEqualTo(found.getFirst());
    assertThat(ended.out()).contains("front.json");
  }

  /** What the journal has of the candidates that were trained longest. */
  private static List<double[]> tried(String out) throws IOException {
    double longest = 0;
    List<double[]> tried = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(out).resolve("run.journal"))) {
      JsonDocument entry = JsonDocument.parse("journal", line.substring(line.indexOf('{')));
      if (entry.has("trial") && entry.get("figures").has("measured")) {
        JsonDocument figures = entry.get("figures");
        double fidelity = figures.has("fidelity") ? figures.real("fidelity") : 1;
        if (fidelity > longest) {
          longest = fidelity;
          tried.clear();
        }
        if (fidelity == longest) {
          tried.add(scores(figures.get("measured")));
        }
      }
    }
    assertThat(tried).hasSizeGreaterThan(3);
    return tried;
  }

  @Test
  void aRunThatWasKilledEndsWithTheSameFront() throws Exception {
    assertThat(Commands.run(search("nsga2", "params,accuracy", "whole")).code()).isZero();
    try (ChildJvm first = ChildJvm.start(search("nsga2", "params,accuracy", "killed"))) {
      first.awaitLine("trial 7/");
      first.kill();
    }
    assertThat(folder.resolve("killed").resolve("front.json")).doesNotExist();
    Commands.Ended ended = Commands.run("search", "--resume", "--out=" + folder.resolve("killed"));
    assertThat(ended.code()).as(ended.err()).isZero();
    for (String file : List.of("front.json", "model.safetensors")) {
      assertThat(folder.resolve("killed").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
  }

  @Test
  void theLimitsHoldOnTheFront() throws IOException {
    List<String> limited = new ArrayList<>(search("nsga2", "accuracy,params", "limited"));
    limited.add("--max-params=3000");
    limited.add("--max-macs=90000");
    assertThat(Commands.run(limited).code()).isZero();
    for (JsonDocument member : document("limited", "front.json").list("members")) {
      assertThat(member.real("params")).isLessThanOrEqualTo(3000);
    }
    assertThat(document("limited", "result.json").get("front").strings("objectives"))
        .containsExactly("validAccuracy", "params");
  }

  @Test
  void strategiesForOneObjectiveRefuseSeveral() {
    Commands.Ended ended = Commands.run(search("re", "accuracy,params", "one"));
    assertThat(ended.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(ended.err())
        .contains("--objectives accuracy,params are several, and --strategy re follows one;");
    assertThat(Commands.run(search("nsga2", "accuracy,accuracy", "twice")).err())
        .contains("names 'accuracy' twice");
    assertThat(Commands.run(search("nsga2", "accuracy,parms", "unknown")).err())
        .contains("did you mean 'params'?");
    assertThat(folder.resolve("one")).doesNotExist();
  }

  @Test
  void theCommandKnowsWhichStrategiesFollowSeveral() {
    List<String> known =
        Arrays.stream(Choice.Strategy.values())
            .filter(Choice.Strategy::hasSeveralObjectives)
            .map(Choice.Strategy::toString)
            .toList();
    assertThat(new HashSet<>(known))
        .isEqualTo(Strategies.ofSeveralObjectives(Nb201Space.standard(), 9).keySet());
  }
}
