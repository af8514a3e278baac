package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.data.ImageSource;
import espalier.core.data.LabelledTable;
import espalier.core.data.Splits;
import espalier.core.data.TestSplit;
import espalier.core.study.TableStudy;
import espalier.datasets.GeneratedImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** No option does nothing: each, set to something else, changes what is recorded or printed. */
final class EveryOptionMattersTest {
  /** Where a run lies and how it is done; tests of their own look at these. */
  private static final Set<String> NOT_PARAMETERS =
      Set.of(
          "--help",
          "--version",
          "--out",
          "--resume",
          "--threads",
          "--backend",
          "--json",
          "--debug");

  private static final String CELL = "|nor_conv_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|";

  @TempDir static Path folder;

  private static Path images() {
    return folder.resolve("images");
  }

  @BeforeAll
  static void writeImages() {
    new GeneratedImages(Embedded.IMAGE, 3).writeFolders(images(), 800, 20);
  }

  /** For each option, what comes before it and the option itself. */
  private record Change(List<String> before, List<String> changed) {
    static Change of(String... changed) {
      return new Change(List.of(), List.of(changed));
    }

    Change after(String... before) {
      return new Change(List.of(before), changed);
    }
  }

  private static Map<String, Change> ofRuns() {
    Map<String, Change> changes = new TreeMap<>();
    changes.put("--budget", Change.of("--budget=3steps"));
    changes.put("--seed", Change.of("--seed=2"));
    changes.put("--data", Change.of("--data=" + images()));
    changes.put("--valid-fraction", Change.of("--valid-fraction=0.3").after("--data=" + images()));
    changes.put("--train-images", Change.of("--train-images=70"));
    changes.put("--valid-images", Change.of("--valid-images=70"));
    changes.put("--test-images", Change.of("--test-images=30"));
    changes.put("--image-size", Change.of("--image-size=17x16x1"));
    changes.put("--permute-labels", Change.of("--permute-labels"));
    changes.put("--channels", Change.of("--channels=4"));
    changes.put("--cells", Change.of("--cells=4"));
    changes.put("--stem", Change.of("--stem=imagenet").after("--image-size=32x32x1"));
    changes.put("--auxiliary", Change.of("--auxiliary"));
    changes.put("--optimizer", Change.of("--optimizer=adamw"));
    changes.put("--momentum", Change.of("--momentum=0.8"));
    changes.put("--nesterov", Change.of("--nesterov"));
    changes.put("--weight-decay", Change.of("--weight-decay=0"));
    changes.put("--batch", Change.of("--batch=32"));
    changes.put("--lr", Change.of("--lr=0.1"));
    changes.put("--schedule", Change.of("--schedule=constant"));
    changes.put("--lr-end", Change.of("--lr-end=0.001"));
    changes.put("--step-factor", Change.of("--step-factor=0.5").after("--schedule=step"));
    changes.put("--step-stages", Change.of("--step-stages=4").after("--schedule=step"));
    changes.put("--warm-up", Change.of("--warm-up=0.1"));
    changes.put("--clip", Change.of("--clip=1"));
    changes.put("--label-smoothing", Change.of("--label-smoothing=0.1"));
    changes.put("--drop-path", Change.of("--drop-path=0.2"));
    changes.put("--auxiliary-weight", Change.of("--auxiliary-weight=0.2").after("--auxiliary"));
    changes.put("--patience", Change.of("--patience=2"));
    changes.put("--train-on-all", Change.of("--train-on-all"));
    changes.put("--flip", Change.of("--flip"));
    changes.put("--crop", Change.of("--crop=2"));
    changes.put("--cutout", Change.of("--cutout=4"));
    return changes;
  }

  private static Map<String, Change> ofSearch() {
    Map<String, Change> changes = ofRuns();
    changes.put("--train-budget", Change.of("--train-budget=3steps"));
    changes.put("--space", Change.of("--space=nasbench201"));
    changes.put("--strategy", Change.of("--strategy=draw"));
    changes.put("--tune", Change.of("--tune").after("--strategy=random"));
    changes.put("--trial-epochs", Change.of("--trial-epochs=2").after("--strategy=re"));
    changes.put("--objectives", Change.of("--objectives=accuracy,macs").after("--strategy=nsga2"));
    changes.put("--max-params", Change.of("--max-params=60000").after("--strategy=re"));
    changes.put("--max-macs", Change.of("--max-macs=50000000").after("--strategy=re"));
    changes.put("--max-memory", Change.of("--max-memory=900000000").after("--strategy=re"));
    changes.put("--max-size", Change.of("--max-size=250000").after("--strategy=re"));
    changes.put("--fidelity", Change.of("--fidelity=examples").after("--strategy=sh"));
    changes.put("--order", Change.of("--order=second"));
    changes.put("--search-images", Change.of("--search-images=64"));
    changes.put("--search-channels", Change.of("--search-channels=4"));
    changes.put("--search-cells", Change.of("--search-cells=4"));
    changes.put("--search-batch", Change.of("--search-batch=32"));
    changes.put("--search-lr", Change.of("--search-lr=0.1"));
    changes.put("--search-lr-end", Change.of("--search-lr-end=0.01"));
    changes.put("--search-momentum", Change.of("--search-momentum=0.5"));
    changes.put("--search-weight-decay", Change.of("--search-weight-decay=0"));
    changes.put("--search-clip", Change.of("--search-clip=1"));
    changes.put("--alpha-lr", Change.of("--alpha-lr=0.0003"));
    changes.put("--alpha-weight-decay", Change.of("--alpha-weight-decay=0"));
    changes.put("--search-flip", Change.of("--search-flip"));
    changes.put("--search-crop", Change.of("--search-crop=2"));
    return changes;
  }

  private static Map<String, Change> ofTrain() {
    Map<String, Change> changes = ofRuns();
    changes.put("--genotype", Change.of("--genotype=" + other()));
    changes.put("--network", Change.of("--network=cnn"));
    return changes;
  }

  private static String genotype(String operation) {
    String edges = "('" + operation + "', 0), ('skip_connect', 1)";
    return "Genotype(normal=[%s], normal_concat=[2], reduce=[%s], reduce_concat=[2])"
        .formatted(edges, edges);
  }

  private static String other() {
    return genotype("sep_conv_5x5");
  }

  private static CommandLine parsed(String command, List<String> arguments) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CommandLine root = Main.commandLine(Terminal.plain(nowhere, nowhere));
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(arguments);
    root.parseArgs(all.toArray(String[]::new));
    return root.getSubcommands().get(command);
  }

  private static Map<String, String> recorded(Map<String, String> parameters, Splits splits) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.put("data", splits.train().source().contentHash());
    all.put("order", Integer.toString(splits.train().index(0)));
    all.put("test", splits.test().map(TestSplit::source).map(ImageSource::contentHash).orElse(""));
    return all;
  }

  private static Map<String, String> search(List<String> arguments) {
    List<String> small = List.of("--train-images=80", "--valid-images=80", "--test-images=20");
    List<String> all = new ArrayList<>(withDefaults(small, arguments));
    SearchCommand command = parsed("search", all).getCommand();
    var study = command.study(List.of());
    return recorded(study.parameters(), study.splits());
  }

  private static Map<String, String> train(List<String> arguments) {
    List<String> small =
        List.of(
            "--train-images=80",
            "--valid-images=80",
            "--test-images=20",
            "--genotype=" + genotype("sep_conv_3x3"));
    List<String> all = new ArrayList<>(withDefaults(small, arguments));
    if (arguments.contains("--network=cnn")) {
      all.removeIf(argument -> argument.startsWith("--genotype"));
    }
    TrainCommand command = parsed("train", all).getCommand();
    var study = command.study(List.of());
    return recorded(study.parameters(), study.splits());
  }

  /** Small sizes, but for those given, and for those that folders of images have no use for. */
  private static List<String> withDefaults(List<String> defaults, List<String> given) {
    boolean folder = given.stream().anyMatch(argument -> argument.startsWith("--data="));
    List<String> all = new ArrayList<>(given);
    for (String argument : defaults) {
      String name = argument.substring(0, argument.indexOf('=') + 1);
      boolean idle = folder && name.endsWith("-images=");
      if (!idle && given.stream().noneMatch(other -> other.startsWith(name))) {
        all.add(argument);
      }
    }
    return all;
  }

  private interface Effect {
    Object of(List<String> arguments);
  }

  private static void assertEachMatters(
      String command, Set<String> others, Map<String, Change> changes, Effect effect) {
    assertEachMatters(command, List.of(), others, changes, effect);
  }

  private static void assertEachMatters(
      String command,
      List<String> required,
      Set<String> others,
      Map<String, Change> changes,
      Effect effect) {
    Set<String> options = new TreeSet<>();
    for (OptionSpec option : parsed(command, required).getCommandSpec().options()) {
      options.add(option.longestName());
    }
    options.removeAll(others);
    assertThat(changes.keySet()).isEqualTo(options);
    changes.forEach((option, change) -> {
      List<String> with = new ArrayList<>(change.before());
      with.addAll(change.changed());
      assertThat(effect.of(with)).as(option).isNotEqualTo(effect.of(change.before()));
    });
  }

  @Test
  void eachOptionOfSearchIsRecorded() {
    assertEachMatters("search", NOT_PARAMETERS, ofSearch(), EveryOptionMattersTest::search);
  }

  @Test
  void eachOptionOfTrainIsRecorded() {
    Set<String> others = new TreeSet<>(NOT_PARAMETERS);
    others.add("--space"); // the genotype tells; the option only confirms it
    assertEachMatters("train", others, ofTrain(), EveryOptionMattersTest::train);
  }

  @Test
  void eachOptionOfTableIsRecorded() throws IOException {
    Path table = folder.resolve("rows.csv");
    Path other = folder.resolve("other-rows.csv");
    Files.writeString(table, "width,size,kind\n" + "1,2,3\n2,3,4\n3,4,5\n".repeat(10));
    Files.writeString(other, "width,size,kind\n" + "3,3,4\n2,2,3\n1,1,5\n".repeat(10));
    Map<String, Change> changes = new TreeMap<>();
    changes.put("--data", Change.of("--data=" + other));
    changes.put("--target", Change.of("--target=size"));
    changes.put("--target-data", Change.of("--target-data=" + other));
    changes.put("--skip-lines", Change.of("--skip-lines=2"));
    changes.put("--task", Change.of("--task=regression"));
    changes.put("--test", Change.of("--test=" + other));
    changes.put(
        "--test-target-data",
        Change.of("--test-target-data=" + other)
            .after("--target-data=" + table, "--test=" + table));
    changes.put("--strategy", Change.of("--strategy=tpe"));
    changes.put("--trials", Change.of("--trials=7"));
    changes.put("--epochs", Change.of("--epochs=7"));
    changes.put("--folds", Change.of("--folds=7"));
    changes.put("--seed", Change.of("--seed=7"));
    assertEachMatters(
        "table",
        NOT_PARAMETERS,
        changes,
        arguments -> {
          List<String> defaults = new ArrayList<>(List.of("--data=" + table));
          if (arguments.containsAll(List.of("--target-data=" + table, "--test=" + table))) {
            defaults.add("--test-target-data=" + table);
          }
          TableCommand command = parsed("table", withDefaults(defaults, arguments)).getCommand();
          TableStudy study = command.study(List.of());
          Map<String, String> recorded = new LinkedHashMap<>(study.parameters());
          recorded.put("seed", Long.toString(study.seed()));
          recorded.put("data", study.table().contentHash());
          recorded.put("test", study.test().map(LabelledTable::contentHash).orElse(""));
          return recorded;
        });
  }

  @Test
  void eachOptionOfCountChangesWhatIsPrinted() {
    Map<String, Change> changes = new TreeMap<>();
    changes.put("--genotype", Change.of("--genotype=" + other()));
    changes.put("--network", Change.of("--network=cnn"));
    changes.put("--channels", Change.of("--channels=4"));
    changes.put("--cells", Change.of("--cells=4"));
    changes.put("--stem", Change.of("--stem=imagenet"));
    changes.put("--auxiliary", Change.of("--auxiliary"));
    changes.put("--optimizer", Change.of("--optimizer=adam"));
    changes.put("--batch", Change.of("--batch=8"));
    changes.put("--classes", Change.of("--classes=12"));
    changes.put("--input", Change.of("--input=48x48x3"));
    changes.put("--json", Change.of("--json"));
    Set<String> others = Set.of("--help", "--version", "--debug", "--space");
    assertEachMatters(
        "count",
        others,
        changes,
        arguments -> {
          List<String> all = new ArrayList<>(List.of("count"));
          all.addAll(arguments);
          if (arguments.stream().noneMatch(a -> a.matches("--(genotype|network).*"))) {
            all.add("--genotype=" + genotype("sep_conv_3x3"));
          }
          return Commands.run(all).out();
        });
  }

  @Test
  void eachOptionOfCompareChangesWhatIsPrintedOrWritten() {
    Path one = MadeUpTable.write(folder.resolve("one.csv"), 1);
    Path other = MadeUpTable.write(folder.resolve("other.csv"), 2);
    Map<String, Change> changes = new TreeMap<>();
    changes.put("--table", Change.of("--table=" + other));
    changes.put("--signal", Change.of("--signal=worse"));
    changes.put("--report", Change.of("--report=worse"));
    changes.put("--parameters", Change.of("--parameters=test"));
    changes.put("--cost", Change.of("--cost=test"));
    changes.put("--strategies", Change.of("--strategies=re,uct"));
    changes.put("--budget", Change.of("--budget=20"));
    changes.put("--seeds", Change.of("--seeds=3"));
    changes.put("--repeats", Change.of("--repeats=cached"));
    changes.put("--json", Change.of("--json"));
    List<String> standard =
        List.of(
            "--table=" + one,
            "--signal=valid",
            "--report=test",
            "--strategies=re",
            "--budget=40",
            "--seeds=2");
    Set<String> others = Set.of("--help", "--version", "--out", "--threads", "--debug");
    assertEachMatters(
        "compare",
        List.of("--table=x", "--signal=x", "--report=x"),
        others,
        changes,
        arguments -> {
          Path out = folder.resolve("compared");
          List<String> all = new ArrayList<>(List.of("compare", "--out=" + out));
          all.addAll(withDefaults(standard, arguments));
          Commands.Ended ended = Commands.run(all);
          assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DONE.code());
          // Times differ from run to run, so what people read is taken without them.
          return ended.out().replaceAll("(?m) +\\d+\\.\\d\\d$", "") + curves(out);
        });
  }

  private static String curves(Path out) {
    try (Stream<Path> files = Files.list(out)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(path -> path.toString().endsWith(".csv")).sorted().toList()) {
        all.append(Files.readString(file));
        Files.delete(file);
      }
      return all.toString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void optionsThatWouldDoNothingAreRefused() {
    for (String idle :
        List.of(
            "search --strategy=random --order=second",
            "search --strategy=re --alpha-lr=0.1",
            "search --strategy=draw --search-lr=0.1",
            "search --trial-epochs=2",
            "search --strategy=draw --max-params=1000",
            "search --strategy=draw --objectives=macs",
            "search --strategy=re --objectives=accuracy,macs",
            "search --space=nasbench201 --auxiliary",
            "search --space=nasbench201 --drop-path=0.1",
            "search --tune",
            "search --strategy=re --fidelity=resolution",
            "search --strategy=draw --max-memory=100000000",
            "search --strategy=re --tune --lr=0.1",
            "search --space=chain --strategy=re --channels=8",
            "search --space=chain --strategy=re --search-cells=3",
            "search --space=proxyless --strategy=re --cells=3",
            "search --strategy=pbt",
            "search --space=growing --strategy=random --tune",
            "search --space=growing --strategy=nsga2 --objectives=accuracy,macs",
            "train --space=chain --genotype=2 --cells=3",
            "search --optimizer=adam --momentum=0.5",
            "search --lr-end=0.1 --schedule=step",
            "search --step-stages=2",
            "search --auxiliary-weight=0.2",
            "search --train-on-all --patience=2",
            "search --valid-fraction=0.2",
            "train --network=cnn --channels=8",
            "train --genotype=" + CELL + " --space=darts",
            "train --network=cnn --auxiliary")) {
      Commands.Ended ended = Commands.run((idle + " --out=" + folder.resolve("idle")).split(" "));
      assertThat(ended.code()).as(idle).isEqualTo(ExitCode.USAGE.code());
      assertThat(ended.err().lines()).as(idle).hasSize(1);
      assertThat(folder.resolve("idle")).doesNotExist();
    }
  }
}
