package espalier.cli;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.study.RunFolder;
import espalier.core.study.RunStart;
import espalier.core.study.RunStopped;
import espalier.core.study.StudyListener;
import espalier.kernels.spi.Backend;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does a run in a folder, and can go on with one that was stopped. */
abstract class RunCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(names = "--seed", paramLabel = "N", order = 20, description = "seed of everything random")
  long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 30,
      description = "new folder for the results")
  Path out;

  @Option(
      names = "--resume",
      order = 31,
      description = "go on with the run in --out; it knows its other options")
  boolean resume;

  @Option(
      names = "--json",
      order = 80,
      description = "print the result as one JSON object and nothing else")
  boolean json;

  @Option(names = "--debug", order = 90, description = "show the stack trace of a failure")
  boolean debug;

  @ArgGroup(validate = false, order = 100, heading = "%nWhat computes:%n")
  EngineOptions engine = new EngineOptions();

  private final String kind;

  /**
   * A command.
   *
   * @param kind what the journal calls its runs, and the user this command
   */
  RunCommand(String kind) {
    this.kind = kind;
    this.out = Path.of("runs", kind);
  }

  /** A run that is ready: all input was read and found good. */
  @FunctionalInterface
  interface Prepared {
    /** Does the run; answers what {@code result.json} holds. */
    Json.Obj run(Backend backend, RunFolder folder, StudyListener listener);
  }

  /** A command of this kind to which no options were given. */
  abstract RunCommand blank();

  /** Reads all input and checks all options, before anything is written. */
  abstract Prepared prepare(List<String> arguments);

  /** Tells what a run in a folder ended with. */
  abstract void report(Terminal terminal, Path folder, JsonDocument result);

  @Override
  public Integer call() {
    return resume ? goOn() : begin();
  }

  private int begin() {
    output(() -> {
      RunFolder.requireFree(out);
      return out;
    });
    try (Backend backend = engine.open(spec)) {
      Prepared prepared = prepare(Arguments.given(spec));
      try (RunFolder folder = output(() -> RunFolder.create(out))) {
        return follow(this, prepared, backend, folder);
      }
    }
  }

  private int goOn() {
    try (RunFolder folder = RunFolder.resume(out)) {
      RunStart start = folder.start().orElseThrow();
      if (!start.kind().equals(kind)) {
        throw new DataException(
            "%s: holds a run of 'espalier %s'; go on with espalier %s --resume --out %s"
                .formatted(out, start.kind(), start.kind(), out));
      }
      RunCommand recorded = blank();
      Arguments.replay(start.arguments(), spec, recorded);
      requireBackend(start);
      if (folder.result().isPresent()) {
        shown().print("The run in %s is finished.", out);
        tell(recorded, out, folder.result().get());
        return ExitCode.DONE.code();
      }
      recorded.engine.backend = start.backend();
      recorded.engine.threads = engine.threads;
      try (Backend backend = recorded.engine.open(spec)) {
        return follow(recorded, recorded.prepare(start.arguments()), backend, folder);
      }
    }
  }

  /** Backends differ in bits, so a run ends on the one it began on. */
  private void requireBackend(RunStart start) {
    boolean same =
        engine.backend.equals(EngineOptions.AUTOMATIC) || engine.backend.equals(start.backend());
    if (!same) {
      throw new ParameterException(
          spec.commandLine(),
          "--backend %s contradicts the run, which has %s; leave it out or start in another folder"
              .formatted(engine.backend, start.backend()));
    }
  }

  /**
   * Does a run.
   *
   * @param asked the command as the run was asked for, which may have been long ago
   */
  private int follow(RunCommand asked, Prepared prepared, Backend backend, RunFolder folder) {
    Terminal terminal = Espalier.terminal(spec);
    String goOn = "go on with: espalier %s --resume --out %s".formatted(kind, folder.path());
    try (Interruption interruption = new Interruption(() -> terminal.warn("stopped; %s", goOn));
        Progress progress = Progress.on(shown(), backend, interruption)) {
      Json.Obj result;
      try {
        result = prepared.run(backend, folder, progress);
      } catch (RunStopped stopped) {
        if (stopped.reason() != RunStopped.Reason.CANCELLED) {
          throw stopped;
        }
        progress.finish();
        terminal.warn("%s; %s", Failures.describe(stopped), goOn);
        return ExitCode.CANCELLED.code();
      }
      progress.finish();
      tell(asked, folder.path(), JsonDocument.of("result.json", result));
      return ExitCode.DONE.code();
    }
  }

  /** Where is told what goes on. */
  private Terminal shown() {
    Terminal terminal = Espalier.terminal(spec);
    return json ? terminal.silent() : terminal;
  }

  private void tell(RunCommand asked, Path folder, JsonDocument result) {
    if (json) {
      Espalier.terminal(spec).print("%s", result.value().compact());
    } else {
      asked.report(Espalier.terminal(spec), folder, result);
    }
  }

  /** Refusals of the output folder have an exit code of their own. */
  private static <T> T output(Supplier<T> opening) {
    try {
      return opening.get();
    } catch (DataException refused) {
      throw new OutputException(Failures.describe(refused), refused);
    }
  }

  /** Values that the engine refuses were given by the user. */
  <T> T usage(Supplier<T> building) {
    try {
      return building.get();
    } catch (IllegalArgumentException | ArithmeticException refused) {
      throw new ParameterException(spec.commandLine(), Failures.describe(refused), refused);
    }
  }
}
