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
  void helpNamesTheOptionsAndSaysThatAStoppedRunBeginsAnew() {
    Ended help = Commands.run("table", "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("--data", "--target", "--folds", "--trials", "Nothing is written before");
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
  void whatCannotBeDoneIsRefusedInOneSentence() throws IOException {
    String out = "--out=" + folder.resolve("refused");
    Path dull = folder.resolve("dull.csv");
    Files.writeString(dull, "x,y\n" + "1,same\n".repeat(20));
    Path few = folder.resolve("few.csv");
    Files.writeString(few, "x,y\n1,a\n2,b\n");
    assertRefused(ExitCode.USAGE, "exists", table("--out=" + folder));
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
