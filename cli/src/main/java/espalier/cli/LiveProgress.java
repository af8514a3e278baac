package espalier.cli;

import espalier.core.estimate.TrainingEstimator;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.supernet.Supernet;
import espalier.core.train.Metric;
import espalier.core.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bar, the latest figures and the architecture weights, painted over in place. */
final class LiveProgress extends Progress {
  private static final int BAR_COLUMNS = 24;
  private static final long PAINT_NANOS = 100_000_000;
  private static final double SMOOTHING = 0.1;

  private final Terminal terminal;
  private final LiveRegion region;
  private Phase phase = Phase.SEARCH;
  private Pace pace = new Pace();
  private long step;
  private long steps;
  private int stepsPerEpoch = 1;
  private double[] losses = {};
  private String accuracy = "";
  private double best;
  private List<String> weights = List.of();
  private long painted;
  private boolean begun;

  LiveProgress(Terminal terminal, Interruption interruption) {
    super(interruption);
    this.terminal = terminal;
    this.region = new LiveRegion(terminal.out());
  }

  @Override
  public void begin(Phase phase, long steps, int stepsPerEpoch) {
    finish();
    this.phase = phase;
    this.pace = new Pace();
    this.step = 0;
    this.steps = steps;
    this.stepsPerEpoch = stepsPerEpoch;
    this.losses = new double[] {};
    this.accuracy = "";
    this.weights = List.of();
    this.begun = true;
    paint();
  }

  @Override
  public void step(Phase phase, long step, long steps, double... losses) {
    this.step = step;
    this.losses = smoothed(losses);
    pace.tick(step);
    if (System.nanoTime() - painted > PAINT_NANOS) {
      paint();
    }
  }

  private double[] smoothed(double[] latest) {
    if (losses.length != latest.length) {
      return latest.clone();
    }
    double[] mean = new double[latest.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = losses[i] + SMOOTHING * (latest[i] - losses[i]);
    }
    return mean;
  }

  @Override
  public void searchEpoch(DifferentiableSearch.Epoch epoch, List<Supernet.Table> tables) {
    accuracy = format("   supernet accuracy %.3f", epoch.valid().value(Metric.ACCURACY));
    weights =
        tables.stream()
            .flatMap(table -> HeatStrip.lines(table, epoch.weights(table)).stream())
            .toList();
    paint();
  }

  @Override
  public void trial(long trial, long trials, String architecture, Outcome outcome) {
    String bestSoFar = "";
    if (outcome instanceof Outcome.Measured(Metrics metrics)) {
      best = Math.max(best, metrics.find(TrainingEstimator.ACCURACY).orElse(0));
    }
    if (best > 0) {
      bestSoFar = format("   best %.3f", best);
    }
    accuracy =
        format("   trial %d of %d: %s%s", trial, trials, TrialFigures.of(outcome), bestSoFar);
    paint();
  }

  @Override
  public void trainEpoch(TrainingListener.Epoch epoch) {
    accuracy =
        epoch
            .valid()
            .map(score ->
                format("   validation %s %.3f", score.leading().name(), score.leadingValue()))
            .orElse("");
    paint();
  }

  @Override
  public void derived(String architecture) {
    finish();
    terminal.print("Found %s", architecture);
  }

  @Override
  public void note(String text) {
    finish();
    terminal.print("%s", text);
  }

  private void paint() {
    painted = System.nanoTime();
    List<String> lines = new ArrayList<>();
    lines.add(bar());
    lines.add(figures());
    lines.addAll(weights);
    region.paint(lines);
  }

  private String bar() {
    int full = (int) (BAR_COLUMNS * step / steps);
    return format(
        "%-6s %s%s %3d %%   step %d of %d   epoch %d of %d   %s",
        phase == Phase.SEARCH ? "search" : "train",
        "█".repeat(full),
        "░".repeat(BAR_COLUMNS - full),
        100 * step / steps,
        step,
        steps,
        Math.max(1, Math.ceilDiv(step, (long) stepsPerEpoch)),
        Math.ceilDiv(steps, (long) stepsPerEpoch),
        step == steps ? "" : pace.left(steps));
  }

  private String figures() {
    return switch (losses.length) {
      case 0 -> "       preparing";
      case 1 -> format("       loss %.4f", losses[0]) + accuracy;
      default ->
          format("       train loss %.4f   validation loss %.4f", losses[0], losses[1]) + accuracy;
    };
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  @Override
  void finish() {
    if (begun) {
      paint();
      region.leave();
      begun = false;
    }
  }
}
