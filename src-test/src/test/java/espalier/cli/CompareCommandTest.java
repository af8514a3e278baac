package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.JsonDocument;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the command compare prints, writes and refuses. */
final class CompareCommandTest {
  @TempDir static Path folder;

  private static Path table() {
    return folder.resolve("cells.csv");
  }

  @BeforeAll
  static void writeTable() {
    MadeUpTable.write(table(), 1);
  }

  /**
   * A small comparison; an option given takes the place of its default, a table joins the other.
   */
  private static List<String> compare(String... options) {
    List<String> arguments = new ArrayList<>(List.of("compare", "--table=" + table()));
    arguments.addAll(List.of(options));
    for (String standard :
        List.of(
            "--signal=valid",
            "--report=test",
            "--budget=30",
            "--seeds=20",
            "--out=" + folder.resolve("out"))) {
      String name = standard.substring(0, standard.indexOf('=') + 1);
      if (arguments.stream().noneMatch(argument -> argument.startsWith(name))) {
        arguments.add(standard);
      }
    }
    return arguments;
  }

  private static List<JsonDocument> objects(String out) {
    return out.lines().map(line -> JsonDocument.parse("a line", line)).toList();
  }

  @Test
  void oneObjectIsPrintedForEachStrategyTheBaselinesFirst() {
    Commands.Ended ended = Commands.run(compare("--strategies=tpe,random,re", "--json"));
    assertThat(ended.err()).isEmpty();
    List<JsonDocument> objects = objects(ended.out());
    assertThat(objects.stream().map(o -> o.string("strategy")))
        .containsExactly("random", "parameters-only", "tpe", "re");
    for (JsonDocument object : objects) {
      assertThat(object.longInteger("budget")).isEqualTo(30);
      assertThat(object.longInteger("seeds")).isEqualTo(20);
      assertThat(object.real("signalMean")).isBetween(0.0, 100.0);
      assertThat(object.real("reportMean")).isLessThan(object.real("signalMean"));
      assertThat(object.real("reportStd")).isNotNegative();
      assertThat(object.real("lateSignalMean")).isLessThan(object.real("signalMean"));
    }
    assertThat(objects.getFirst().get("pAgainstRandom").isNull()).isTrue();
    assertThat(objects.getLast().real("pAgainstRandom")).isBetween(0.0, 1.0);
  }

  @Test
  void threadsAndAnotherProcessChangeNothing() throws IOException, InterruptedException {
    Path here = folder.resolve("here");
    String printed = Commands.run(compare("--json", "--threads=1", "--out=" + here)).out();
    assertThat(Commands.run(compare("--json", "--threads=5")).out()).isEqualTo(printed);
    Path there = folder.resolve("there");
    try (ChildJvm child = ChildJvm.start(compare("--out=" + there))) {
      assertThat(child.exitCode()).as(child.said()).isZero();
    }
    assertThat(there.resolve("cells.csv")).hasSameTextualContentAs(here.resolve("cells.csv"));
  }

  @Test
  void curvesArePicturedAndListed() throws IOException, ParserConfigurationException, SAXException {
    Commands.Ended ended = Commands.run(compare("--strategies=re"));
    assertThat(ended.out()).contains("In " + folder.resolve("out") + ": cells.csv, cells.svg");
    List<String> lines = Files.readAllLines(folder.resolve("out").resolve("cells.csv"));
    assertThat(lines.getFirst())
        .isEqualTo("strategy,evaluations,cost,reportMean,reportStd,reportMargin95");
    assertThat(lines).hasSize(1 + 3 * 30);
    String svg = Files.readString(folder.resolve("out").resolve("cells.svg"));
    var picture =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(3);
    assertThat(svg).contains("parameters-only, ").doesNotContain("NaN").doesNotContain("Infinity");
  }

  @Test
  void costsAddUp() throws IOException {
    Path costly = folder.resolve("costly");
    Commands.run(compare("--cost=test", "--out=" + costly, "--seeds=1"));
    List<String> lines = Files.readAllLines(costly.resolve("cells.csv"));
    double before = 0;
    for (String line : lines.subList(1, 1 + 30)) {
      double cost = Double.parseDouble(line.split(",", -1)[2]);
      assertThat(cost - before).isPositive().isLessThan(100);
      before = cost;
    }
    assertThat(Files.readString(costly.resolve("cells.svg"))).contains(">test</text>");
    Commands.run(compare("--out=" + costly));
    assertThat(Files.readAllLines(costly.resolve("cells.csv")).get(30))
        .startsWith("random,30,30.0,");
  }

  @Test
  void severalTablesGiveRanks() {
    Path other = MadeUpTable.write(folder.resolve("others.csv"), 2);
    Commands.Ended ended = Commands.run(compare("--strategies=re", "--table=" + other));
    assertThat(ended.out()).contains("cells: 30 evaluations", "others: 30 evaluations");
    List<String> lines = ended.out().lines().toList();
    int from = lines.indexOf("mean rank over 2 tables");
    double sum = 0;
    for (String line : lines.subList(from + 2, from + 5)) {
      sum += Double.parseDouble(line.substring(27).strip());
    }
    assertThat(sum).isEqualTo(1 + 2 + 3);
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws IOException {
    assertRefused(
        ExitCode.USAGE, compare("--strategies=reg"), "'reg' is unknown, did you mean 're'?");
    assertRefused(ExitCode.USAGE, compare("--seeds=0"), "--seeds: found 0, expected 1 or more");
    assertRefused(ExitCode.USAGE, compare("--repeats=free"), "'free' is unknown, did you mean");
    assertRefused(ExitCode.USAGE, List.of("compare", "--signal=a", "--report=b"), "--table=FILE");
    assertRefused(
        ExitCode.BAD_DATA,
        compare("--parameters=parms"),
        "there is no column 'parms', did you mean 'params'?");
    assertRefused(
        ExitCode.BAD_DATA,
        compare("--table=" + folder.resolve("missing.csv")),
        "there is no such table");
    Path few = folder.resolve("few.csv");
    Files.write(few, Files.readAllLines(table()).subList(0, 9));
    assertRefused(ExitCode.BAD_DATA, compare("--table=" + few), "the table has no row for |");
    assertRefused(ExitCode.OUTPUT, compare("--out=" + few.resolve("below")), "cannot be written");
  }

  private static void assertRefused(ExitCode code, List<String> arguments, String sentence) {
    Commands.Ended ended = Commands.run(arguments);
    assertThat(ended.err()).contains(sentence);
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.code()).isEqualTo(code.code());
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void learningCurvesAreComparedAtEqualCost() {
    Path out = folder.resolve("curves");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "compare",
                "--table=pocket",
                "--signal=valid",
                "--report=test",
                "--strategies=sh,hyperband,asha,bohb,re",
                "--budget=10",
                "--seeds=4",
                "--json",
                "--out=" + out));
    Commands.Ended ended = Commands.run(arguments);
    assertThat(ended.err()).isEmpty();
    assertThat(objects(ended.out()).stream().map(o -> o.string("strategy")))
        .containsExactly("random", "parameters-only", "sh", "hyperband", "asha", "bohb", "re");
    assertThat(out.resolve("pocket.csv")).content().contains("\nasha,10,10.0,");
    assertThat(out.resolve("pocket.svg")).content().contains(">full trainings<");
    arguments.add("--cost=params");
    assertThat(Commands.run(arguments).err())
        .contains("--cost: on learning curves an epoch is what");
    arguments.removeLast();
    arguments.add("--strategies=bananas");
    assertThat(Commands.run(arguments).err()).contains("--strategies: 'bananas' is unknown");
  }
}
