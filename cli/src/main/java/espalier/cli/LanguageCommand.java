package espalier.cli;

import espalier.core.data.Corpus;
import espalier.core.io.JsonDocument;
import espalier.core.recurrent.RecurrentSpace;
import espalier.core.recurrent.WordNetwork;
import espalier.core.strategy.Strategies;
import espalier.core.study.LanguageStudy;
import espalier.datasets.TextFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Finds a recurrent cell on a text and compares it with the plain one of as many parameters. */
@Command(
    name = "language",
    description = {
      "Searches for the cell of a language model and compares it with the vanilla cell.",
      "Both are trained alike, with as many parameters, and measured on the test text."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class LanguageCommand extends RunCommand {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      order = 5,
      description =
          "folder of texts cut into words: *train*.txt, *valid*.txt, *test*.txt, or .tokens, packed"
              + " or not; needed unless --resume is given")
  Optional<Path> data = Optional.empty();

  @ArgGroup(validate = false, order = 110, heading = "%nThe language model and its search:%n")
  LanguageOptions language = new LanguageOptions();

  LanguageCommand() {
    super("language");
  }

  @Override
  RunCommand blank() {
    return new LanguageCommand();
  }

  @Override
  Prepared prepare(List<String> arguments) {
    LanguageStudy study = study(arguments);
    return (backend, folder, listener) -> study.run(backend, Optional.of(folder), listener).json();
  }

  @Override
  void report(Terminal terminal, Path folder, JsonDocument result) {
    terminal.print("");
    terminal.print("%s", result.string("genotype"));
    terminal.print("");
    for (String name : List.of("found", "vanilla")) {
      JsonDocument standing = result.get(name);
      terminal.print(
          "  %-8s %,d parameters, width %d, rate %s: test perplexity %.2f ± %.2f over %d seeds",
          name,
          standing.longInteger("params"),
          standing.longInteger("width"),
          standing.real("learningRate"),
          standing.real("testPerplexity"),
          standing.real("testDeviation"),
          standing.longInteger("seeds"));
    }
    terminal.print(
        "  the cell found is ahead by %.2f, with a standard error of %.2f",
        result.real("advantage"), result.real("standardError"));
  }

  /** The study that the options describe. */
  LanguageStudy study(List<String> arguments) {
    Path folder =
        data.orElseThrow(
            () -> new ParameterException(spec.commandLine(), "name a folder of texts with --data"));
    Corpus corpus = TextFolder.read(folder, language.validFraction);
    return usage(() -> {
      WordNetwork.Settings network = language.network();
      language.strategy.requireAmong(
          Strategies.of(new RecurrentSpace(language.nodes, network)).keySet(), "recurrent cells");
      return new LanguageStudy(
          network,
          language.nodes,
          corpus,
          language.words,
          language.window,
          language.method(corpus),
          language.finals(),
          seed,
          arguments);
    });
  }
}
