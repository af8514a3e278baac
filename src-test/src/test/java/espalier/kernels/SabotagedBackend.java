package espalier.kernels;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Store;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The reference with a mistake: calls replaced before they run, or results falsified after. */
final class SabotagedBackend implements Backend {
  private final Backend honest;
  private final UnaryOperator<Call> miscompile;
  private final Falsification falsification;

  private SabotagedBackend(
      BackendOptions options, UnaryOperator<Call> miscompile, Falsification falsification) {
    this.honest = Backends.open("reference", options);
    this.miscompile = miscompile;
    this.falsification = falsification;
  }

  /** Runs other calls than it was given. */
  static Backend miscompiling(BackendOptions options, UnaryOperator<Call> miscompile) {
    return new SabotagedBackend(options, miscompile, (run, ref) -> run.numbers(ref));
  }

  /** Answers with other numbers than were computed. */
  static Backend falsifying(BackendOptions options, Falsification falsification) {
    return new SabotagedBackend(options, call -> call, falsification);
  }

  /** What becomes of the numbers in a buffer. */
  @FunctionalInterface
  interface Falsification {
    /** The numbers to answer with for {@code ref}. */
    double[] of(Run run, Ref ref);
  }

  /** An honest run of a program. */
  record Run(Program program, Store.Results results) {
    /** The first call. */
    Call call() {
      return program.steps().getFirst().call();
    }

    /** The numbers of a buffer that is a result. */
    double[] numbers(Ref ref) {
      return Numbers.of(results.read(program.results().indexOf(ref)));
    }

    boolean writes(Ref ref) {
      return call().writes().contains(ref);
    }
  }

  @Override
  public String name() {
    return "sabotaged";
  }

  @Override
  public String description() {
    return "sabotaged reference";
  }

  @Override
  public Compiled compile(Program program) {
    List<Program.Step> steps =
        program.steps().stream()
            .map(step -> new Program.Step(miscompile.apply(step.call()), step.scratchOffset()))
            .toList();
    return honest.compile(
        new Program(
            program.buffers(), steps, program.feeds(), program.results(), program.arenaElements()));
  }

  @Override
  public Store newStore() {
    return new SabotagedStore(honest.newStore());
  }

  @Override
  public void close() {
    honest.close();
  }

  private final class SabotagedStore implements Store {
    private final Store store;

    SabotagedStore(Store store) {
      this.store = store;
    }

    @Override
    public void declare(String variable, DType type, int elements) {
      store.declare(variable, type, elements);
    }

    @Override
    public void write(String variable, HostData values) {
      store.write(variable, values);
    }

    @Override
    public HostData read(String variable) {
      return store.read(variable);
    }

    @Override
    public void expect(Compiled program) {
      store.expect(program);
    }

    @Override
    public Results run(Compiled program, Map<String, HostData> feeds) {
      Results results = store.run(program, feeds);
      Run run = new Run(program.program(), results);
      return index -> {
        Ref ref = run.program().results().get(index);
        return run.program().buffer(ref).type() == DType.F32
            ? HostData.of(falsification.of(run, ref))
            : results.read(index);
      };
    }

    @Override
    public long bytes() {
      return store.bytes();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
