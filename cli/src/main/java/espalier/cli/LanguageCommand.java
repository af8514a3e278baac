package espalier.cli;

import espalier.core.data.Corpus;
import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.recurrent.RecurrentSpace;
import espalier.core.recurrent.WordNetwork;
import espalier.core.strategy.Strategies;
import espalier.core.study.LanguageStudy;
import espalier.core.study.RunFolder;
import espalier.core.study.RunStart;
import espalier.core.study.RunStopped;
import espalier.datasets.TextFolder;
import espalier.kernels.spi.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
final class LanguageCommand implements Callable<Integer> {
  private static final String KIND = "language";

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      order = 5,
      description =
          "folder of texts cut into words: *train*.txt, *valid*.txt, *test*.txt, or .tokens, packed"
              + " or not; needed unless --resume is given")
  Optional<Path> data = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", order = 20, description = "seed of everything random")
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 30,
      description = "new folder for the results")
  Path out = Path.of("runs", KIND);

  @Option(
      names = "--resume",
      order = 31,
      description = "go on with the run in --out; it knows its other options")
  boolean resume;

  @Option(names = "--debug", order = 90, description = "show the stack trace of a failure")
  boolean debug;

  @ArgGroup(validate = false, order = 100, heading = "%nWhat computes:%n")
  EngineOptions engine = new EngineOptions();

  @ArgGroup(validate = false, order = 110, heading = "%nThe language model and its search:%n")
  LanguageOptions language = new LanguageOptions();

  @Override
  public Integer call() {
    return resume ? goOn() : begin();
  }

  private int begin() {
    try {
      RunFolder.requireFree(out);
    } catch (DataException refused) {
      throw new OutputException(Failures.describe(refused), refused);
    }
    LanguageStudy study = study(Arguments.given(spec));
    try (Backend backend = engine.open(spec);
        RunFolder folder = RunFolder.create(out)) {
      return follow(study, backend, folder);
    }
  }

  private int goOn() {
    try (RunFolder folder = RunFolder.resume(out)) {
      RunStart start = folder.start().orElseThrow();
      if (!start.kind().equals(KIND)) {
        throw new DataException(
            "%s: holds a run of 'espalier %s'; go on with espalier %s --resume --out %s"
                .formatted(out, start.kind(), start.kind(), out));
      }
      LanguageCommand recorded = new LanguageCommand();
      Arguments.replay(start.arguments(), spec, recorded);
      recorded.spec = spec;
      if (folder.result().isPresent()) {
        print(folder.result().get());
        return ExitCode.DONE.code();
      }
      recorded.engine.backend = start.backend();
      recorded.engine.threads = engine.threads;
      try (Backend backend = recorded.engine.open(spec)) {
        return follow(recorded.study(start.arguments()), backend, folder);
      }
    }
  }

  private int follow(LanguageStudy study, Backend backend, RunFolder folder) {
    Terminal terminal = Espalier.terminal(spec);
    String goOn = "go on with: espalier language --resume --out %s".formatted(folder.path());
    try (Interruption interruption = new Interruption(() -> terminal.warn("stopped; %s", goOn));
        Progress progress = Progress.on(terminal, backend, interruption)) {
      Json.Obj result;
      try {
        result = study.run(backend, Optional.of(folder), progress).json();
      } catch (RunStopped stopped) {
        progress.finish();
        if (stopped.reason() != RunStopped.Reason.CANCELLED) {
          throw stopped;
        }
        terminal.warn("%s; %s", Failures.describe(stopped), goOn);
        return ExitCode.CANCELLED.code();
      }
      progress.finish();
      print(JsonDocument.of("result.json", result));
      return ExitCode.DONE.code();
    }
  }

  private void print(JsonDocument result) {
    Terminal terminal = Espalier.terminal(spec);
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
      Set<String> strategies = Strategies.of(new RecurrentSpace(language.nodes, network)).keySet();
      if (!strategies.contains(language.strategy.toString())) {
        throw new IllegalArgumentException(
            "--strategy %s does not apply to recurrent cells; use one of %s"
                .formatted(language.strategy, String.join(", ", strategies)));
      }
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

  /** Values that the engine refuses were given by the user. */
  private <T> T usage(Supplier<T> building) {
    try {
      return building.get();
    } catch (IllegalArgumentException | ArithmeticException refused) {
      throw new ParameterException(spec.commandLine(), Failures.describe(refused), refused);
    }
  }
}
