package espalier.kernels.cpu;

import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A program bound to memory, in stages: chains of steps that are run image by image, and steps of
 * their own.
 */
final class Binding {
  private final List<Stage> stages = new ArrayList<>();

  /** Steps that are run together. */
  @FunctionalInterface
  interface Stage {
    /** Runs them. */
    void run(Kernels kernels);
  }

  /**
   * Binds {@code program}.
   *
   * @param blocks the memory of a buffer
   * @param arena the arena that scratch memory is in
   */
  Binding(Program program, Function<Buffer, Block> blocks, Block arena, Workers workers) {
    Layout layout = Layout.of(program, blocks);
    List<Seat> seats = seats(program, layout, workers);
    int[] lastReads = lastReads(program);
    int next = 0;
    for (Program.Chain chain : program.chains()) {
      Optional<ChainRun> run =
          ChainRun.of(program, chain, layout, lastReads, arena, workers, seats);
      if (run.isPresent()) {
        addSteps(program, next, chain.from(), layout, arena, workers);
        stages.add(run.get());
        next = chain.to();
      }
    }
    addSteps(program, next, program.steps().size(), layout, arena, workers);
  }

  /**
   * A thread's own view of the program while it works at a chain.
   *
   * @param layout where buffers lie for the images the thread is at
   * @param scratch scratch memory for calls over a few images
   */
  record Seat(Layout layout, float[] scratch) {}

  private static List<Seat> seats(Program program, Layout layout, Workers workers) {
    long most = 0;
    for (Program.Chain chain : program.chains()) {
      for (Program.Step step : program.steps().subList(chain.from(), chain.to())) {
        boolean keeps = step.call() instanceof Call.Conv2dInputGradient;
        most = keeps ? Math.max(most, step.call().scratch()) : most;
      }
    }
    List<Seat> seats = new ArrayList<>();
    for (int thread = 0; thread < workers.threads() && !program.chains().isEmpty(); thread++) {
      seats.add(new Seat(layout.copy(), new float[Math.toIntExact(most)]));
    }
    return seats;
  }

  private void addSteps(
      Program program, int from, int to, Layout layout, Block arena, Workers workers) {
    for (Program.Step step : program.steps().subList(from, to)) {
      Frame frame = new Frame(layout, arena.floats(), Block.LEAD + step.scratchOffset(), workers);
      stages.add(kernels -> kernels.run(step.call(), frame));
    }
  }

  /** For each buffer the last step that reads it, the number of steps if it is a result. */
  private static int[] lastReads(Program program) {
    int[] last = new int[program.buffers().size()];
    Arrays.fill(last, -1);
    for (int s = 0; s < program.steps().size(); s++) {
      for (Ref ref : program.steps().get(s).call().reads()) {
        last[ref.id()] = s;
      }
    }
    for (Ref ref : program.results()) {
      last[ref.id()] = program.steps().size();
    }
    return last;
  }

  /** Runs the program once. */
  void run(Kernels kernels) {
    for (Stage stage : stages) {
      stage.run(kernels);
    }
  }
}
