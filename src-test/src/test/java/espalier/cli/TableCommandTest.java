package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.cli.Commands.Ended;
import espalier.core.io.JsonDocument;
import espalier.core.random.Philox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command table finds, writes and refuses, and what predict makes of its models. */
final class TableCommandTest {
  private static final int ROWS = 60;
  private static final List<String> QUICK = List.of("--trials=2", "--epochs=2", "--folds=2");

  @TempDir static Path folder;

  private static Path fruits() {
    return folder.resolve("fruits.csv");
  }

  /** Rows whose kind and price follow from weight and colour. */
  @BeforeAll
  static void writeTables() throws IOException {
    Philox random = Philox.of(7, "fruits");
    StringBuilder fruits = new StringBuilder("weight,colour,price,kind\n");
    StringBuilder kinds = new StringBuilder("kind\n");
    for (int row = 0; row < ROWS; row++) {
      double weight = 50 + 150 * random.uniformDouble(row);
      boolean red = random.step(1).uniformDouble(row) < 0.5;
      String kind = weight > 120 == red ? "apple" : "plum";
      double price = weight / 100 + (red ? 1 : 0);
      fruits.append("%s,%s,%s,%s\n".formatted(weight, red ? "red" : "blue", price, kind));
      kinds.append(row % 3 == 0 ? "a\n" : "b\n");
    }
    Files.writeString(fruits(), fruits);
    Files.writeString(folder.resolve("noted.csv"), "written by hand\n" + fruits);
    Files.writeString(folder.resolve("kinds.csv"), kinds);
  }

  /** A quick run; an option given takes the place of its default. */
  private static List<String> table(String... options) {
    List<String> arguments = new ArrayList<>(List.of("table"));
    arguments.addAll(List.of(options));
    List<String> defaults = new ArrayList<>(QUICK);
    defaults.add("--data=" + fruits());
    defaults.add("--threads=1");
    for (String standard : defaults) {
      String name = standard.substring(0, standard.indexOf('=') + 1);
      if (arguments.stream().noneMatch(argument -> argument.startsWith(name))) {
        arguments.add(standard);
      }
    }
    return arguments;
  }

  private static JsonDocument found(String... options) {
    Ended ended = Commands.run(table(options));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines()).hasSize(1);
    return JsonDocument.parse("what was printed", ended.out());
  }

  private static void assertRefused(ExitCode code, String words, List<String> arguments) {
    Ended ended = Commands.run(arguments);
    assertThat(ended.code()).as(ended.err()).isEqualTo(code.code());
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err()).startsWith("espalier: ").contains(words);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void helpNamesTheOptions() {
    Ended help = Commands.run("table", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("--data", "--target", "--folds", "--trials", "--test", "--resume");
  }

  @Test
  void aClassifierIsFoundWrittenAndAppliedToRows() throws IOException {
    Path out = folder.resolve("classifier");
    JsonDocument found = found("--json", "--out=" + out);
    assertThat(found.real("accuracy")).isBetween(0.0, 1.0);
    assertThat(found.longInteger("folds")).isEqualTo(2);
    assertThat(found.longInteger("params")).isPositive();
    assertThat(JsonDocument.read(out.resolve("result.json")).string("architecture"))
        .isEqualTo(found.string("architecture"));
    Ended told = Commands.run("predict", "--model=" + out, fruits().toString());
    assertThat(told.out().lines())
        .hasSize(ROWS)
        .allMatch(line -> line.matches(".*fruits.csv, row \\d+: (apple|plum) \\d+\\.\\d %"));
    Ended skipping =
        Commands.run(
            "predict", "--model=" + out, "--skip-lines=1", folder.resolve("noted.csv").toString());
    assertThat(skipping.out().replace("noted.csv", "fruits.csv")).isEqualTo(told.out());
  }

  @Test
  void aRegressionAnswersAmountsForRowsInAnyOrderOfColumns() throws IOException {
    Path out = folder.resolve("regression");
    JsonDocument found = found("--json", "--target=price", "--out=" + out);
    assertThat(found.real("r2")).isLessThanOrEqualTo(1);
    Path turned = folder.resolve("turned.csv");
    Files.writeString(turned, "kind,weight,colour\napple,150,red\nplum,,grey\n");
    Path straight = folder.resolve("straight.csv");
    Files.writeString(straight, "weight,colour,kind\n150,red,apple\n,grey,plum\n");
    String model = "--model=" + out;
    Ended one = Commands.run("predict", model, "--json", turned.toString());
    Ended two = Commands.run("predict", model, "--json", straight.toString());
    assertThat(one.code()).as(one.err()).isZero();
    assertThat(one.out())
        .contains("\"value\"")
        .isEqualTo(two.out().replace("straight.csv", "turned.csv"));
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnOptionThatChangesGivesOthers() throws IOException {
    Map<String, List<String>> changes = new LinkedHashMap<>();
    changes.put("nothing", List.of());
    changes.put("nothing again", List.of());
    changes.put("seed", List.of("--seed=2"));
    changes.put("target", List.of("--target=colour"));
    changes.put("target-data", List.of("--target-data=" + folder.resolve("kinds.csv")));
    changes.put("task", List.of("--target=price", "--task=regression"));
    changes.put("epochs", List.of("--epochs=3"));
    Map<String, String> weights = new LinkedHashMap<>();
    for (var change : changes.entrySet()) {
      Path out = folder.resolve("changed " + change.getKey());
      List<String> options = new ArrayList<>(change.getValue());
      options.addAll(List.of("--folds=0", "--json", "--out=" + out));
      found(options.toArray(String[]::new));
      weights.put(
          change.getKey(), Arrays.toString(Files.readAllBytes(out.resolve("model.safetensors"))));
    }
    assertThat(weights.remove("nothing again")).isEqualTo(weights.get("nothing"));
    assertThat(weights.values()).doesNotHaveDuplicates();
  }

  @Test
  void trialsAndStrategiesDecideWhatIsFound() {
    List<String> found = new ArrayList<>();
    for (List<String> options :
        List.of(
            List.of("--trials=1"),
            List.of("--trials=6"),
            List.of("--trials=6", "--strategy=local"))) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("--json", "--out=" + folder.resolve("found" + found.size())));
      found.add(found(all.toArray(String[]::new)).string("architecture"));
    }
    assertThat(found).doesNotHaveDuplicates();
  }

  @Test
  void aTableToTestOnIsMeasuredOnAndNamedInTheSummary() throws IOException {
    // In another order, and of a colour that was not seen.
    Path test = folder.resolve("others.csv");
    Files.writeString(
        test, "kind,colour,weight,price\napple,red,180,2.8\nplum,red,60,1.6\nplum,grey,,2\n");
    Path out = folder.resolve("tested");
    Ended ended = Commands.run(table("--test=" + test, "--folds=0", "--out=" + out));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .containsPattern("accuracy on others.csv +[01]\\.\\d{4}\\R")
        .doesNotContain(" folds");
    Ended told = Commands.run("predict", "--model=" + out, test.toString());
    List<String> kinds = List.of("apple", "plum", "plum");
    List<String> lines = told.out().lines().toList();
    int right = 0;
    for (int row = 0; row < kinds.size(); row++) {
      right += lines.get(row).contains(": " + kinds.get(row) + " ") ? 1 : 0;
    }
    JsonDocument result = JsonDocument.read(out.resolve("result.json"));
    assertThat(result.real("testAccuracy")).isEqualTo((double) right / kinds.size());
    assertThat(result.get("provenance").string("testHash"))
        .isNotEqualTo(result.get("provenance").string("dataHash"));
  }

  @Test
  void aTargetInAFileOfItsOwnHasOneToTestOnToo() throws IOException {
    Path out = folder.resolve("apart");
    String kinds = folder.resolve("kinds.csv").toString();
    JsonDocument found =
        found(
            "--json",
            "--folds=0",
            "--target-data=" + kinds,
            "--test=" + fruits(),
            "--test-target-data=" + kinds,
            "--out=" + out);
    assertThat(found.real("testAccuracy")).isBetween(0.0, 1.0);
    assertThat(found.names()).doesNotContain("accuracy");
  }

  @Test
  void whatDoesNotFitTheTableToLearnFromIsRefusedAndNothingIsWritten() throws IOException {
    String out = "--out=" + folder.resolve("unfit");
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put(
        "weight,price,kind\n1,1,plum\n", "unfit.csv: lacks the columns [colour], expected [");
    refused.put(
        "weight,colour,price,size,kind\n1,red,1,1,plum\n",
        "unfit.csv: has the unknown columns [size], expected [");
    refused.put(
        "weight,hue,price,kind\n1,red,1,plum\n",
        "lacks the columns [colour] and has the unknown columns [hue], expected [");
    refused.put("weight,colour,price,kind\n1,red,1,pear\n", "row 1 is of the class 'pear'");
    refused.put("weight,colour,price,kind\n1,red,1,\n", "row 1 has no value");
    refused.put(
        "weight,colour,price,kind\n1,red,1,plum\nheavy,red,1,plum\n",
        "line 3, column 'weight': found 'heavy', expected a number");
    for (var one : refused.entrySet()) {
      Path test = folder.resolve("unfit.csv");
      Files.writeString(test, one.getKey());
      List<String> arguments = table(out, "--test=" + test);
      assertRefused(ExitCode.BAD_DATA, one.getValue(), arguments);
      assertRefused(ExitCode.BAD_DATA, "unfit.csv", arguments);
    }
    Path kinds = folder.resolve("kinds.csv");
    assertRefused(
        ExitCode.USAGE,
        "--test-target-data applies to --test beside --target-data",
        table(out, "--test=" + fruits(), "--test-target-data=" + kinds));
    assertRefused(
        ExitCode.USAGE,
        "--test asks for --test-target-data",
        table(out, "--test=" + fruits(), "--target-data=" + kinds));
    assertRefused(
        ExitCode.USAGE,
        "all of its 60 targets are alike",
        table(out, "--target=weight", "--data=" + even(), "--task=regression"));
    assertThat(folder.resolve("unfit")).doesNotExist();
  }

  private static Path even() throws IOException {
    Path file = folder.resolve("even.csv");
    Files.writeString(file, "colour,weight\n" + "red,1\nblue,1\n".repeat(ROWS));
    return file;
  }

  /** What a run ends with, all of which --resume has to end with too. */
  private static String bytes(Path run) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("result.json", "model.json", "model.safetensors")) {
      all.append(Arrays.toString(Files.readAllBytes(run.resolve(name))));
    }
    return all.toString();
  }

  @Test
  void aRunThatWasKilledTwiceGoesOnToTheSameBytes() throws Exception {
    Path whole = folder.resolve("whole");
    List<String> options = List.of("--trials=3", "--epochs=4", "--test=" + fruits());
    List<String> all = new ArrayList<>(options);
    all.add("--out=" + whole);
    assertThat(Commands.run(table(all.toArray(String[]::new))).code()).isZero();
    Path killed = folder.resolve("killed");
    all.set(options.size(), "--out=" + killed);
    try (ChildJvm first = ChildJvm.start(table(all.toArray(String[]::new)))) {
      first.awaitLine("trial 2/3");
      first.kill();
    }
    assertThat(killed.resolve("result.json")).doesNotExist();
    List<String> resume = List.of("table", "--resume", "--out=" + killed);
    try (ChildJvm second = ChildJvm.start(resume)) {
      second.awaitLine("fold 2/2");
      second.kill();
    }
    assertThat(killed.resolve("result.json")).doesNotExist();
    Ended ended = Commands.run(resume);
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .doesNotContain("fold 1/2", "fold 2/2")
        .contains("accuracy over 2 folds");
    assertThat(bytes(killed)).isEqualTo(bytes(whole));
    Ended again = Commands.run("table", "--resume", "--out=" + killed);
    assertThat(again.out()).contains("is finished").contains("accuracy on fruits.csv");
    Ended other = Commands.run("table", "--resume", "--trials=4", "--out=" + killed);
    assertThat(other.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(other.err()).contains("--trials 4 contradicts the run, which has 3");
  }

  @Test
  void aRunThatIsInterruptedSaysHowToGoOn() throws Exception {
    Path out = folder.resolve("interrupted");
    try (ChildJvm first = ChildJvm.start(table("--trials=40", "--epochs=200", "--out=" + out))) {
      first.awaitLine("trial 1/40");
      assertThat(first.interrupt()).isLessThan(2000);
      assertThat(first.said()).contains("espalier table --resume --out " + out);
    }
    assertThat(out.resolve("result.json")).doesNotExist();
  }

  @Test
  void theJsonOfAFinishedRunIsPrintedAgain() {
    Path out = folder.resolve("printed");
    JsonDocument first = found("--json", "--folds=0", "--out=" + out);
    Ended again = Commands.run("table", "--resume", "--json", "--out=" + out);
    assertThat(JsonDocument.parse("what was printed", again.out()).value())
        .isEqualTo(first.value());
  }

  @Test
  void whatCannotBeDoneIsRefusedInOneSentence() throws IOException {
    String out = "--out=" + folder.resolve("refused");
    Path dull = folder.resolve("dull.csv");
    Files.writeString(dull, "x,y\n" + "1,same\n".repeat(20));
    Path few = folder.resolve("few.csv");
    Files.writeString(few, "x,y\n1,a\n2,b\n");
    assertRefused(ExitCode.OUTPUT, "is not empty", table("--out=" + folder));
    assertRefused(ExitCode.USAGE, "name a table with --data", List.of("table", "--threads=1", out));
    assertRefused(ExitCode.USAGE, "found 1, expected 2 or more", table(out, "--folds=1"));
    assertRefused(ExitCode.USAGE, "no more than the 60 rows", table(out, "--folds=61"));
    assertRefused(ExitCode.USAGE, "found 2 rows", table(out, "--data=" + few));
    assertRefused(ExitCode.USAGE, "0 trials", table(out, "--trials=0"));
    assertRefused(ExitCode.USAGE, "found -1", table(out, "--skip-lines=-1"));
    assertRefused(ExitCode.USAGE, "does not apply to tables", table(out, "--strategy=darts"));
    assertRefused(ExitCode.USAGE, "does not apply to tables", table(out, "--strategy=bananas"));
    assertRefused(ExitCode.BAD_DATA, "size", table(out, "--target=size"));
    assertRefused(ExitCode.BAD_DATA, "holds names", table(out, "--task=regression"));
    assertRefused(ExitCode.BAD_DATA, "all rows are of the class", table(out, "--data=" + dull));
    assertRefused(ExitCode.BAD_DATA, "no such file", table(out, "--data=" + folder.resolve("no")));
    assertRefused(
        ExitCode.BAD_DATA, "has 20 rows", table(out, "--target-data=" + dull, "--target=y"));
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void rowsThatDoNotFitAModelAreRefused() throws IOException {
    Path out = folder.resolve("particular");
    found("--json", "--folds=0", "--out=" + out);
    String model = "--model=" + out;
    Path narrow = folder.resolve("narrow.csv");
    Files.writeString(narrow, "weight,price\n100,1\n");
    Path wordy = folder.resolve("wordy.csv");
    Files.writeString(wordy, "weight,colour,price\nheavy,red,1\n");
    assertRefused(
        ExitCode.BAD_DATA, "no column 'colour'", List.of("predict", model, narrow.toString()));
    assertRefused(
        ExitCode.BAD_DATA, "expected a number", List.of("predict", model, wordy.toString()));
    assertRefused(
        ExitCode.USAGE, "--top", List.of("predict", model, "--top=2", fruits().toString()));
  }

  @Test
  void theCommandsInTheReadmeRun() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("..", "README.md"));
    List<String> commands =
        lines.subList(lines.indexOf("## On tables"), lines.size()).stream()
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("    ./espalier "))
            .toList();
    assertThat(commands).hasSize(2);
    for (String command : commands) {
      List<String> arguments = new ArrayList<>();
      for (String word : command.strip().split(" +", -1)) {
        arguments.add(
            word.endsWith(".csv") || word.startsWith("runs/")
                ? folder.resolve(word).toString()
                : word);
      }
      arguments.removeFirst();
      if (arguments.getFirst().equals("table")) {
        arguments.addAll(QUICK);
      }
      Ended ended = Commands.run(arguments);
      assertThat(ended.code()).as(ended.err()).isZero();
    }
  }
}
