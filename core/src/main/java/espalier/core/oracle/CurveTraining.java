package espalier.core.oracle;

import espalier.core.data.Splits;
import espalier.core.nn.Network;
import espalier.core.train.Evaluator;
import espalier.core.train.Examples;
import espalier.core.train.ImageData;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Trains networks and measures them on every part of a task after each epoch, for tables of what
 * can be found. No search: it sees the test images.
 *
 * @param recipe whose batches are also those in which is measured
 * @param measured how many of the training images are measured
 * @param clock of nanoseconds; it reaches {@link Curve#seconds} and nothing else
 */
public record CurveTraining(
    Splits splits, Recipe recipe, int epochs, int measured, LongSupplier clock) {

  /**
   * What was measured after an epoch.
   *
   * @param stepLoss mean loss of the epoch's training steps
   */
  public record Point(double stepLoss, Score train, Score valid, Score test) {}

  /**
   * A training as it went.
   *
   * @param seconds that an epoch's steps took, on average
   */
  public record Curve(List<Point> points, double seconds) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  public CurveTraining {
    if (epochs < 1) {
      throw new IllegalArgumentException("curve: %d epochs, expected 1 or more".formatted(epochs));
    }
    if (splits.test().isEmpty()) {
      throw new IllegalArgumentException("curve: the task has no test images, expected some");
    }
  }

  /** The curve of a network, all of it but its seconds a function of the seed. */
  public Curve run(Backend backend, Network network, long seed) {
    ImageData data = ImageData.of(splits.train(), Optional.empty());
    try (Trainer trainer = new Trainer(backend, network, recipe, data, seed)) {
      Meter meter = new Meter(trainer, network, data);
      TrainingOutcome outcome =
          trainer.run((long) epochs * trainer.stepsPerEpoch(), Optional.empty(), meter);
      if (!(outcome instanceof TrainingOutcome.Completed)) {
        throw new IllegalStateException(
            "curve: the training ended as %s, expected all epochs".formatted(outcome));
      }
      return new Curve(meter.points, meter.nanoseconds / 1e9 / epochs);
    }
  }

  /** Measures after each epoch and stops its watch meanwhile. */
  private final class Meter implements TrainingListener {
    private final Evaluator evaluator;
    private final Examples train;
    private final Examples valid;
    private final Examples test;
    private final List<Point> points = new ArrayList<>();
    private long nanoseconds;
    private long since;

    Meter(Trainer trainer, Network network, ImageData data) {
      this.evaluator = new Evaluator(trainer.session(), network, data.task(), recipe.batchSize());
      this.train = data.examples(splits.train().first(measured));
      this.valid = data.examples(splits.valid());
      this.test = data.examples(splits.test().orElseThrow());
    }

    @Override
    public void start(long step) {
      since = clock.getAsLong();
    }

    @Override
    public void epoch(Epoch epoch) {
      nanoseconds += clock.getAsLong() - since;
      points.add(
          new Point(
              epoch.trainLoss(),
              evaluator.measure(train),
              evaluator.measure(valid),
              evaluator.measure(test)));
      since = clock.getAsLong();
    }
  }
}
