package espalier.cli;

import espalier.core.search.Outcome;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.supernet.Supernet;
import espalier.core.train.Metric;
import espalier.core.train.TrainingListener;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One line for each epoch, for files and pipes. */
final class PlainProgress extends Progress {
  private final Terminal terminal;
  private Pace pace = new Pace();
  private long steps;
  private long epochs;

  PlainProgress(Terminal terminal, Interruption interruption) {
    super(interruption);
    this.terminal = terminal;
  }

  @Override
  public void begin(Phase phase, long steps, int stepsPerEpoch) {
    this.steps = steps;
    this.epochs = Math.ceilDiv(steps, (long) stepsPerEpoch);
    this.pace = new Pace();
    terminal.print(
        "%s: %d steps, %d an epoch",
        phase == Phase.SEARCH ? "Searching" : "Training", steps, stepsPerEpoch);
  }

  @Override
  public void step(Phase phase, long step, long steps, double... losses) {
    pace.tick(step);
  }

  @Override
  public void searchEpoch(DifferentiableSearch.Epoch epoch, List<Supernet.Table> tables) {
    terminal.print(
        "search epoch %d/%d: train loss %.4f, valid loss %.4f, supernet accuracy %.4f, mean largest"
            + " weight %.3f%s",
        epoch.epoch(),
        epochs,
        epoch.trainLoss(),
        epoch.validLoss(),
        epoch.valid().value(Metric.ACCURACY),
        meanLargest(epoch, tables),
        left(epoch.steps()));
  }

  /** How decided the architecture is: from 1 / operations, when nothing is, to 1. */
  private static double meanLargest(DifferentiableSearch.Epoch epoch, List<Supernet.Table> tables) {
    return tables.stream()
        .flatMap(table -> Arrays.stream(epoch.weights(table)))
        .mapToDouble(row -> Arrays.stream(row).max().orElseThrow())
        .average()
        .orElse(0);
  }

  @Override
  public void trial(long trial, long trials, String architecture, Outcome outcome) {
    terminal.print(
        "trial %d/%d: %s%s",
        trial, trials, TrialFigures.of(outcome), left(trial * (steps / trials)));
  }

  @Override
  public void derived(String architecture) {
    terminal.print("Found %s", architecture);
  }

  @Override
  public void trainEpoch(TrainingListener.Epoch epoch) {
    String valid =
        epoch
            .valid()
            .map(score ->
                score.values().reversed().entrySet().stream()
                    .map(e -> ", valid %s %.4f".formatted(e.getKey().name(), e.getValue()))
                    .collect(Collectors.joining()))
            .orElse("");
    terminal.print(
        "train epoch %d/%d: train loss %.4f%s%s",
        epoch.epoch(), epochs, epoch.trainLoss(), valid, left(epoch.steps()));
  }

  private String left(long done) {
    String left = pace.left(steps);
    return done == steps || left.isEmpty() ? "" : ", " + left;
  }

  @Override
  public void note(String text) {
    terminal.print("%s", text);
  }

  @Override
  void finish() {
    // Lines are complete as they are.
  }
}
