package espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.JsonDocument;
import espalier.core.random.Philox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole search for a recurrent cell, of tiny sizes. */
final class LanguageCommandTest {
  private static final List<String> TINY =
      List.of(
          "--words=12",
          "--window=5",
          "--nodes=2",
          "--width=4",
          "--batch=4",
          "--trials=3",
          "--epochs=2",
          "--rates=0.01,0.02",
          "--seeds=2");

  @TempDir Path folder;

  @BeforeEach
  void writeTexts() throws IOException {
    Files.createDirectories(folder.resolve("text"));
    for (String part : List.of("train", "valid", "test")) {
      Files.writeString(folder.resolve("text").resolve("small." + part + ".txt"), text(part));
    }
  }

  private static String text(String part) {
    Philox random = Philox.of(4, part);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 60; line++) {
      int subject = random.below(2L * line, 5);
      text.append("n%d sees n%d%n".formatted(subject, random.below(2L * line + 1, 5)));
    }
    return text.toString();
  }

  private Commands.Ended language(String... options) {
    List<String> all = new ArrayList<>(List.of("language", "--data=" + folder.resolve("text")));
    for (String option : options) {
      all.removeIf(given -> given.startsWith(option.substring(0, option.indexOf('=') + 1)));
      all.add(option);
    }
    TINY.stream()
        .filter(tiny -> all.stream().map(LanguageCommandTest::name).noneMatch(name(tiny)::equals))
        .forEach(all::add);
    return Commands.run(all);
  }

  private static JsonDocument result(Path out) throws IOException {
    return JsonDocument.parse("result.json", Files.readString(out.resolve("result.json")));
  }

  @Test
  void aCellIsFoundAndComparedWithAPlainOneOfNoFewerParameters() throws IOException {
    Path out = folder.resolve("one");
    Commands.Ended ended = language("--out=" + out);
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DONE.code());
    JsonDocument result = result(out);
    assertThat(result.string("genotype")).startsWith("Genotype(recurrent=[(");
    JsonDocument found = result.get("found");
    JsonDocument plain = result.get("vanilla");
    int words = 8;
    assertThat(found.longInteger("params"))
        .isEqualTo(words * 4 + words + 2 * 4 * 2 * 4 + 2 * 4 * 2 * 4);
    long width = plain.longInteger("width");
    assertThat(plain.longInteger("params"))
        .isEqualTo(words * width + words + 2 * width * width + width);
    assertThat(plain.longInteger("params")).isGreaterThanOrEqualTo(found.longInteger("params"));
    double advantage = plain.real("testPerplexity") - found.real("testPerplexity");
    assertThat(result.real("advantage")).isEqualTo(advantage);
    double error = Math.hypot(found.real("testDeviation"), plain.real("testDeviation"));
    assertThat(result.real("standardError"))
        .isCloseTo(error / Math.sqrt(2), org.assertj.core.api.Assertions.within(1e-12));
    // Of words in turn that are known, equally likely and one of five, a guess has 5^(2/4).
    assertThat(found.real("testPerplexity")).isBetween(2.0, 8.0);
    assertThat(ended.out())
        .contains("trial 3/3: perplexity ", "found, rate 0.01, seed 1: validation perplexity ")
        .contains("vanilla, rate ", ", test perplexity ", "the cell found is ahead by ");
  }

  @Test
  void aRunThatWasCutAnywhereGoesOnToTheSameResult() throws IOException {
    Path whole = folder.resolve("whole");
    assertThat(language("--out=" + whole).code()).isEqualTo(ExitCode.DONE.code());
    List<String> journal = Files.readAllLines(whole.resolve("run.journal"));
    for (int lines : List.of(2, 4, 7, journal.size() - 1)) {
      Path cut = Files.createDirectories(folder.resolve("cut" + lines));
      Files.write(cut.resolve("run.journal"), journal.subList(0, lines));
      Commands.Ended ended = Commands.run("language", "--resume", "--out=" + cut);
      assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.DONE.code());
      assertThat(result(cut).value()).isEqualTo(result(whole).value());
    }
    Commands.Ended again = Commands.run("language", "--resume", "--out=" + whole);
    assertThat(again.out()).contains("the cell found is ahead by ");
  }

  @Test
  void whatCannotBeDoneIsSaidInOneSentence() {
    Map<String, String> refused = new TreeMap<>();
    refused.put("--strategy=bananas", "--strategy bananas does not apply to recurrent cells");
    refused.put("--rates=fast", "--rates: found 'fast', expected numbers above 0");
    refused.put("--words=1", "vocabulary: 1 words, expected 2 or more");
    refused.put("--window=500", "fill no window of 500 in each of 4 streams");
    refused.put("--dropout=1", "variational dropout: found 1.0");
    refused.put("--trials=0", "--trials: found 0, expected 1 or more");
    refused.put("--seeds=1", "comparison: 2 epochs, 1 seeds and 2 learning rates");
    refused.forEach((option, message) -> {
      Path out = folder.resolve("refused");
      Commands.Ended ended = language("--out=" + out, option);
      assertThat(ended.code()).as(option).isEqualTo(ExitCode.USAGE.code());
      assertThat(ended.err()).as(option).contains(message);
      assertThat(ended.err().lines()).as(option).hasSize(1);
      assertThat(out).doesNotExist();
    });
    assertThat(Commands.run("language").err()).contains("name a folder of texts with --data");
    Commands.Ended empty =
        Commands.run("language", "--data=" + folder, "--out=" + folder.resolve("none"));
    assertThat(empty.code()).isEqualTo(ExitCode.BAD_DATA.code());
    assertThat(empty.err()).contains("holds no text to test on; looked for *test*.txt");
  }

  @Test
  void eachOptionIsRecorded() {
    Map<String, String> changes = new TreeMap<>();
    changes.put("--valid-fraction", "0.3");
    changes.put("--words", "9");
    changes.put("--window", "4");
    changes.put("--nodes", "3");
    changes.put("--width", "5");
    changes.put("--dropout", "0.1");
    changes.put("--batch", "3");
    changes.put("--clip", "1");
    changes.put("--strategy", "local");
    changes.put("--trials", "4");
    changes.put("--trial-epochs", "2");
    changes.put("--trial-lr", "0.1");
    changes.put("--epochs", "3");
    changes.put("--rates", "0.01");
    changes.put("--seeds", "3");
    Set<String> options = new TreeSet<>(changes.keySet());
    changes.remove("--valid-fraction"); // the folder has a validation text
    Map<String, String> usual = parameters(List.of());
    changes.forEach((option, value) ->
        assertThat(parameters(List.of(option + "=" + value))).as(option).isNotEqualTo(usual));
    options.addAll(
        List.of(
            "--help",
            "--version",
            "--debug",
            "--json",
            "--data",
            "--seed",
            "--out",
            "--resume",
            "--backend",
            "--threads"));
    Set<String> known = new TreeSet<>();
    command(List.of()).spec.options().forEach(option -> known.add(option.longestName()));
    assertThat(known).isEqualTo(options);
  }

  private static String name(String option) {
    return option.split("=", -1)[0];
  }

  private LanguageCommand command(List<String> options) {
    List<String> all = new ArrayList<>(List.of("language", "--data=" + folder.resolve("text")));
    all.addAll(options);
    TINY.stream()
        .filter(
            tiny -> options.stream().map(LanguageCommandTest::name).noneMatch(name(tiny)::equals))
        .forEach(all::add);
    var nowhere = new java.io.PrintWriter(new java.io.StringWriter());
    var root = Main.commandLine(Terminal.plain(nowhere, nowhere));
    root.parseArgs(all.toArray(String[]::new));
    return root.getSubcommands().get("language").getCommand();
  }

  private Map<String, String> parameters(List<String> options) {
    return command(options).study(List.of()).parameters();
  }
}
