package espalier.bench.peers;

import espalier.bench.Machine;
import espalier.bench.Row;
import espalier.bench.Rows;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares ours with libtorch, row by row. */
public final class Compare {
  private static final int EXIT_USAGE = 2;
  private static final int EXIT_FAILED = 1;

  /** How far above a limit rounding of clocks may carry a row. */
  private static final double REFUTED = 1.05;

  private static final int MORE_THREADS = 2;
  private static final String SCALING = Rows.SEARCH_STEP.row().label() + ", 2 threads";

  private final Options options;
  private final Report report;
  private final int threads;
  private final Effort effort;
  private Machine machine;
  private final List<String> complaints = new ArrayList<>();

  private Compare(Options options) {
    this.options = options;
    this.report = new Report(System.out, System.err, options.json());
    this.threads = options.threads().orElse(1);
    this.effort = options.quick() ? Effort.QUICK : Effort.FULL;
    this.machine = Machine.measure(threads);
  }

  /** The command line; {@code bench/compare} calls it. */
  public static void main(String[] arguments) {
    try {
      new Compare(Options.parse(List.of(arguments))).run();
    } catch (IllegalArgumentException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(EXIT_USAGE);
    } catch (IllegalStateException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(EXIT_FAILED);
    }
  }

  private void run() {
    report.machine(machine);
    Libtorch.useThreads(threads);
    Optional<Contest.Times> step = Optional.empty();
    try (Backend backend = Backends.best(BackendOptions.threads(threads))) {
      report.note("ours: " + backend.description());
      report.header();
      Contest contest = new Contest(backend, effort);
      for (Rows row : Rows.values()) {
        if (options.wants(row.row().label()) || (row == Rows.SEARCH_STEP && wantsScaling())) {
          Neighbours neighbours = new Neighbours();
          Contest.Times times = contest.run(row.row());
          neighbours.complaint().ifPresent(c -> complaints.add(row.row().label() + ": " + c));
          report.add(result(row, times), true);
          PeerHealth.complaint(row, times.peer() * 1e3, machine).ifPresent(complaints::add);
          if (row == Rows.SEARCH_STEP) {
            step = Optional.of(times);
          }
        }
      }
    }
    if (wantsScaling()) {
      scale(step.orElseThrow());
    }
    complaints.forEach(report::note);
    report.end();
  }

  private boolean wantsScaling() {
    return options.threads().isEmpty() && options.wants(SCALING);
  }

  /**
   * Seconds that no program can beat.
   *
   * @throws IllegalStateException if ours did: then the machine was measured wrongly
   */
  private double limit(Rows row, double ours) {
    double limit = machine.limit(row.row().cost());
    if (limit > ours * REFUTED) {
      machine = machine.best(Machine.measure(threads));
      report.note("measured again, as a row was faster than the limit:");
      report.machine(machine);
      limit = machine.limit(row.row().cost());
    }
    if (limit > ours * REFUTED) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "%s: ours took %.3f ms where the machine's limit was measured as %.3f ms",
              row.row().label(),
              ours * 1e3,
              limit * 1e3));
    }
    return limit;
  }

  private Result result(Rows row, Contest.Times times) {
    double limit = limit(row, times.ours());
    boolean measuresMemory = options.memory() && row.row().isNetwork() && PeakMemory.isKnown();
    Result.Peak peak =
        measuresMemory ? PeakMemory.of(row, threads, times.layout()) : Result.Peak.NONE;
    return new Result(row.row().label(), times, limit / times.ours(), peak);
  }

  /**
   * The search step again with more threads. Its limit is what the machine itself gains by them, in
   * arithmetic or memory, whichever gains less.
   */
  private void scale(Contest.Times single) {
    Machine more = Machine.measure(MORE_THREADS);
    report.machine(more);
    Libtorch.useThreads(MORE_THREADS);
    Row row = Rows.SEARCH_STEP.row();
    try (Backend backend = Backends.best(BackendOptions.threads(MORE_THREADS))) {
      Neighbours neighbours = new Neighbours();
      Contest.Times times = new Contest(backend, effort).measure(row, single.layout());
      neighbours.complaint().ifPresent(c -> complaints.add(SCALING + ": " + c));
      double scaling = single.ours() / times.ours();
      double possible = more.scaling(machine);
      report.add(new Result(SCALING, times, scaling / possible, Result.Peak.NONE), false);
      report.note(
          String.format(
              Locale.ROOT,
              "2 threads against 1: ours %.2f times faster, libtorch %.2f, the machine's loops"
                  + " %.2f",
              scaling,
              single.peer() / times.peer(),
              possible));
    }
  }
}
