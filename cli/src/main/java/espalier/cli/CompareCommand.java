package espalier.cli;

import espalier.core.catalog.PocketSpace;
import espalier.core.compare.Comparison;
import espalier.core.compare.ComparisonCsv;
import espalier.core.compare.Contestant;
import espalier.core.compare.CurveComparison;
import espalier.core.compare.RegretPlot;
import espalier.core.compare.Standing;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.io.AtomicFile;
import espalier.core.io.Json;
import espalier.core.io.NearestName;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.Objective;
import espalier.core.space.Nb201Space;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.CurveTable;
import espalier.datasets.PocketOracle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares strategies on tables of architectures that others trained. */
@Command(
    name = "compare",
    description = {
      "Compares search strategies on tables of trained architectures.",
      "Random search and a search that knows parameters only always take part."
    },
    showDefaultValues = true,
    abbreviateSynopsis = true,
    sortOptions = false)
final class CompareCommand implements Callable<Integer> {
  /** Those that take part only if named: one tries everything, the others take seconds a search. */
  private static final Set<String> ON_DEMAND = Set.of("exhaustive", "bananas", "npenas");

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      required = true,
      description =
          "CSV file whose column 'arch' holds NAS-Bench-201 cells; or learning curves, as 'espalier"
              + " oracle' makes them; or "
              + PocketOracle.NAME
              + ", its table that is built in;"
              + " several give ranks over tables")
  List<Path> tables = new ArrayList<>();

  @Option(
      names = "--signal",
      paramLabel = "COLUMN",
      required = true,
      description = "what a search is told of an architecture; the larger the better")
  String signal = "";

  @Option(
      names = "--report",
      paramLabel = "COLUMN",
      required = true,
      description = "what counts of the architecture it ends with; the larger the better")
  String report = "";

  @Option(
      names = "--parameters",
      paramLabel = "COLUMN",
      description = "what the search that knows parameters only goes by")
  String parameters = "params";

  @Option(
      names = "--cost",
      paramLabel = "COLUMN",
      description = "what an evaluation costs, to draw regret over it (default: each costs 1)",
      showDefaultValue = Visibility.NEVER)
  Optional<String> cost = Optional.empty();

  @Option(
      names = "--strategies",
      paramLabel = "NAME",
      split = ",",
      description =
          "which take part, separated by commas (default: all but exhaustive, bananas and npenas)",
      showDefaultValue = Visibility.NEVER)
  List<String> strategies = List.of();

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "evaluations of a search; on learning curves, full trainings it may cost")
  int budget = 200;

  @Option(names = "--seeds", paramLabel = "N", description = "searches of each strategy")
  int seeds = 500;

  @Option(
      names = "--repeats",
      paramLabel = "HOW",
      description =
          "what an architecture costs that was evaluated before: charged as another evaluation, or"
              + " cached, as is every isomorphic one")
  Choice.RepeatsName repeats = Choice.RepeatsName.CHARGED;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "threads that search; they change no result")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the curves as CSV and the regret as SVG, one of each for a table")
  Path out = Path.of("runs", "compare");

  @Option(
      names = "--json",
      description = "print one JSON object for each strategy and table, and nothing else")
  boolean json;

  @Option(names = "--debug", description = "show the stack trace of a failure")
  boolean debug;

  /** What came of one table. */
  private record Compared(String name, String axis, double best, List<Standing> standings) {}

  @Override
  public Integer call() {
    requirePositive("--budget", budget);
    requirePositive("--seeds", seeds);
    requirePositive("--threads", threads);
    List<Compared> compared = new ArrayList<>();
    for (Path file : tables) {
      BenchmarkTable table = read(file);
      compared.add(isCurves(table) ? compareCurves(table, file) : compare(table, file));
    }
    write(compared);
    if (json) {
      compared.forEach(each -> each.standings().forEach(standing -> print(each, standing)));
    } else {
      new StandingsTable(Espalier.terminal(spec), signal, report)
          .print(
              compared.stream()
                  .collect(
                      Collectors.toMap(
                          Compared::name, Compared::standings, (a, b) -> a, LinkedHashMap::new)));
      Espalier.terminal(spec).print("In %s: %s", out, String.join(", ", files(compared).keySet()));
    }
    return ExitCode.DONE.code();
  }

  private static BenchmarkTable read(Path file) {
    boolean isBuiltIn = file.toString().equals(PocketOracle.NAME) && !Files.exists(file);
    return isBuiltIn ? PocketOracle.rows() : BenchmarkTable.read(file);
  }

  private static boolean isCurves(BenchmarkTable table) {
    return table.columns().contains(CurveTable.SEEDS);
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s: found %d, expected 1 or more".formatted(option, value));
    }
  }

  /** The strategies that take part: those named, and the two baselines before them. */
  private <A> List<Contestant<A>> chosen(List<Contestant<A>> all) {
    List<String> known = all.stream().map(Contestant::name).toList();
    Set<String> names = new LinkedHashSet<>();
    names.add(Contestant.RANDOM);
    names.add(Contestant.PARAMETERS_ONLY);
    for (String name : strategies) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "--strategies: '%s' is unknown, did you mean '%s'? Known are %s"
                .formatted(name, NearestName.of(name, known), String.join(", ", known)));
      }
      names.add(name);
    }
    if (strategies.isEmpty()) {
      known.stream().filter(name -> !ON_DEMAND.contains(name)).forEach(names::add);
    }
    return names.stream()
        .flatMap(name -> all.stream().filter(contestant -> contestant.name().equals(name)))
        .toList();
  }

  private Compared compare(BenchmarkTable table, Path file) {
    double best = Arrays.stream(table.numbers(report)).max().orElseThrow();
    Nb201Space space = Nb201Space.standard();
    List<Standing> standings =
        new Comparison<>(
                space,
                table,
                Objective.maximise(signal),
                report,
                cost,
                new BlackBoxStudy.Settings(budget, repeats.repeats(), 1),
                seeds)
            .run(
                chosen(Contestant.all(space, Comparison.column(space, table, parameters))),
                threads,
                System::nanoTime);
    return new Compared(name(file), cost.orElse("evaluations"), best, standings);
  }

  private Compared compareCurves(BenchmarkTable rows, Path file) {
    if (cost.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--cost: on learning curves an epoch is what costs; leave it out");
    }
    ComposedSpace<?> space = PocketSpace.standard();
    CurveTable<Decision> table = CurveTable.of(space, rows);
    CurveComparison comparison =
        new CurveComparison(
            space, table, Objective.maximise(signal), report, budget, repeats.repeats(), seeds);
    List<Standing> standings =
        comparison.run(
            chosen(Contestant.ofCurves(space, table, parameters)), threads, System::nanoTime);
    return new Compared(name(file), "full trainings", comparison.best(), standings);
  }

  /** A file's name without its ending. */
  private static String name(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
  }

  private void print(Compared compared, Standing standing) {
    Json.Obj object = standing.json();
    Espalier.terminal(spec).print("%s", object.with("table", Json.of(compared.name())).compact());
  }

  private SequencedMap<String, String> files(List<Compared> compared) {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    for (Compared each : compared) {
      files.put(each.name() + ".csv", ComparisonCsv.of(each.standings()));
      String title = "%s by %s, %d searches each".formatted(report, signal, seeds);
      files.put(
          each.name() + ".svg", RegretPlot.svg(title, each.axis(), each.standings(), each.best()));
    }
    return files;
  }

  private void write(List<Compared> compared) {
    SequencedMap<Path, AtomicFile.Content> contents = new LinkedHashMap<>();
    files(compared)
        .forEach((name, text) ->
            contents.put(
                out.resolve(name), stream -> stream.write(text.getBytes(StandardCharsets.UTF_8))));
    AtomicFile.writeAll(contents);
  }
}
