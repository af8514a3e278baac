package espalier.core.supernet;

import espalier.core.data.Augmentation;
import espalier.core.data.Batches;
import espalier.core.data.SearchData;
import espalier.core.data.SearchSplit;
import espalier.core.io.Normalisation;
import espalier.core.nn.CrossEntropy;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.random.Philox;
import espalier.core.train.Adam;
import espalier.core.train.Checkpoint;
import espalier.core.train.Evaluator;
import espalier.core.train.ImageData;
import espalier.core.train.Optimizer;
import espalier.core.train.Schedule;
import espalier.core.train.Score;
import espalier.core.train.Sgd;
import espalier.core.train.Trainer;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.HostData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Differentiable architecture search [Liu et al. 2019, DARTS]: at each step the architecture moves
 * on a validation batch, then the shared weights on a training batch. Resumed from a checkpoint it
 * ends with the same bits as if never stopped.
 *
 * @param <A> an architecture of the space
 */
public final class DifferentiableSearch<A> implements AutoCloseable {

  /**
   * How the search runs; {@link #darts()} has the published values.
   *
   * @param weightSchedule learning rate of the weights; also ξ, the virtual step of second order
   * @param clip limit of the weight gradients' global norm; 0 for none
   * @param architectureRate learning rate of the architecture
   */
  public record Settings(
      int batchSize,
      Optimizer weightOptimizer,
      Schedule weightSchedule,
      double clip,
      Optimizer architectureOptimizer,
      double architectureRate,
      BilevelSteps.Order order,
      Augmentation augmentation) {

    /** First order, batches of 64, SGD from 0.025 to 0.001, α by Adam at 3e-4. */
    public static Settings darts() {
      return new Settings(
          64,
          Sgd.darts(),
          new Schedule.Cosine(0.025, 0.001),
          5,
          Adam.architecture(),
          3e-4,
          BilevelSteps.Order.FIRST,
          Augmentation.none());
    }

    /** These settings with another learning rate of the architecture. */
    public Settings withArchitectureRate(double rate) {
      return new Settings(
          batchSize,
          weightOptimizer,
          weightSchedule,
          clip,
          architectureOptimizer,
          rate,
          order,
          augmentation);
    }
  }

  /** Hears of a search's progress; may ask it to stop. */
  public interface Listener {

    /** The search starts, {@code step} steps having been done before. */
    default void start(long step) {}

    /** A step was done. */
    default void step(long step, long steps, double trainLoss, double validLoss) {}

    /** An epoch was done. */
    default void epoch(Epoch epoch) {}

    /** Asked before each step; {@code true} stops the search. */
    default boolean isCancelled() {
      return false;
    }
  }

  /**
   * An epoch's figures.
   *
   * @param epoch counted from 1
   * @param steps steps done since the start
   * @param trainLoss mean over the epoch's steps
   * @param validLoss mean over the epoch's steps
   * @param valid the supernet's own score on the validation split
   * @param weights for each table, by variable, how much each operation weighs on each edge
   */
  public record Epoch(
      long epoch,
      long steps,
      double trainLoss,
      double validLoss,
      Score valid,
      Map<String, double[][]> weights) {

    /** How much each operation of a table weighs, [edges][operations]. */
    public double[][] weights(Supernet.Table table) {
      double[][] found = weights.get(table.variable());
      if (found == null) {
        throw new IllegalArgumentException(
            "no table '%s', expected one of %s".formatted(table.variable(), weights.keySet()));
      }
      return found;
    }
  }

  /** How a search ended. */
  public sealed interface Outcome {
    /** All steps were done. */
    record Completed() implements Outcome {}

    /** A loss was no longer a number. */
    record Diverged(long step) implements Outcome {}

    /** Somebody asked to stop; it can be resumed from its last checkpoint. */
    record Cancelled(long step) implements Outcome {}
  }

  private final Supernet<A> supernet;
  private final Settings settings;
  private final SearchData data;
  private final Normalisation normalisation;
  private final long seed;
  private final Session session;
  private final Executable weightStep;
  private final Executable architectureStep;
  private final ImageData images;
  private final Evaluator evaluator;

  private double trainSum;
  private double validSum;
  private long count;
  private double lastValidLoss;

  /** A search that has not started. */
  public DifferentiableSearch(
      Backend backend,
      Supernet<A> supernet,
      Settings settings,
      SearchData data,
      Normalisation normalisation,
      long seed) {
    this.supernet = supernet;
    this.settings = settings;
    this.data = data;
    this.normalisation = normalisation;
    this.seed = seed;
    BilevelSteps steps =
        BilevelSteps.of(
            new SupernetProblem(
                supernet, data.train().image(), settings.batchSize(), CrossEntropy.plain()),
            settings.weightOptimizer(),
            settings.clip(),
            settings.architectureOptimizer(),
            settings.order());
    this.session = new Session(backend);
    for (Parameter variable : steps.variables()) {
      float[] values = variable.initializer().values(variable.shape(), variable.name(), seed);
      session.declare(variable.name(), variable.shape(), HostData.of(values));
    }
    this.weightStep = session.compile(steps.weights());
    this.architectureStep = session.compile(steps.architecture());
    this.images = new ImageData(data.train(), Optional.of(data.valid()), normalisation);
    this.evaluator = new Evaluator(session, supernet, images.task(), settings.batchSize());
  }

  /** Bytes of variables, optimiser state and arena. */
  public long peakBytes() {
    return session.bytes();
  }

  /** The session that holds weights and architecture. */
  public Session session() {
    return session;
  }

  /** Steps of one epoch: passes through the training split. */
  public int stepsPerEpoch() {
    return data.train().size() / settings.batchSize();
  }

  /** Values of the architecture parameters, by variable. */
  public Map<String, float[]> architecture() {
    Map<String, float[]> values = new LinkedHashMap<>();
    supernet
        .tables()
        .forEach(table -> values.put(table.variable(), session.read(table.variable())));
    return values;
  }

  /** The architecture that the parameters stand for as they are. */
  public A derive() {
    return supernet.derive(architecture());
  }

  /** The supernet's own score on the validation split. */
  public Score score() {
    return evaluator.measure(images.examples(data.valid()));
  }

  /**
   * Searches until {@code steps} steps are done in all, from the checkpoint where there is one.
   *
   * @param checkpoint file to write after each epoch and to start from; empty for none
   */
  public Outcome run(long steps, Optional<Path> checkpoint, Listener listener) {
    Source train = new Source(data.train(), SupernetProblem.TRAIN, "train batches");
    Source valid = new Source(data.valid(), SupernetProblem.VALID, "valid batches");
    long start = 0;
    if (checkpoint.isPresent() && Checkpoint.exists(checkpoint.get())) {
      Checkpoint stored = Checkpoint.read(checkpoint.get());
      stored.restore(session, checkpoint.get());
      start = stored.count("step", checkpoint.get());
    }
    startEpoch();
    listener.start(start);
    for (long s = start; s < steps; s++) {
      if (listener.isCancelled()) {
        return new Outcome.Cancelled(s);
      }
      double trainLoss = step(s, steps, train, valid);
      if (!Double.isFinite(trainLoss) || !Double.isFinite(lastValidLoss)) {
        return new Outcome.Diverged(s);
      }
      trainSum += trainLoss;
      validSum += lastValidLoss;
      count++;
      listener.step(s + 1, steps, trainLoss, lastValidLoss);
      if ((s + 1) % stepsPerEpoch() == 0 || s + 1 == steps) {
        long done = s + 1;
        listener.epoch(endEpoch(done));
        checkpoint.ifPresent(
            file -> Checkpoint.of(session, Map.of("step", Long.toString(done))).write(file));
      }
    }
    return new Outcome.Completed();
  }

  private double step(long s, long steps, Source train, Source valid) {
    float rate = (float) settings.weightSchedule().rate((double) s / steps);
    Map<String, HostData> feeds = new LinkedHashMap<>();
    train.feed(s, feeds);
    valid.feed(s, feeds);
    feeds.put(BilevelSteps.WEIGHT_RATE, HostData.of(rate));
    feeds.put(BilevelSteps.UNROLLED_RATE, HostData.of(rate));
    feeds.put(BilevelSteps.ARCHITECTURE_RATE, HostData.of((float) settings.architectureRate()));
    feeds.put(Scope.RANDOM_KEY, Trainer.randomKey(seed, s));
    lastValidLoss = session.run(architectureStep, wanted(architectureStep, feeds)).scalar(0);
    return session.run(weightStep, wanted(weightStep, feeds)).scalar(0);
  }

  private static Map<String, HostData> wanted(Executable executable, Map<String, HostData> feeds) {
    Map<String, HostData> wanted = new LinkedHashMap<>(feeds);
    wanted.keySet().retainAll(executable.program().feeds().keySet());
    return wanted;
  }

  private Epoch endEpoch(long done) {
    Map<String, double[][]> weights = new LinkedHashMap<>();
    for (Supernet.Table table : supernet.tables()) {
      weights.put(table.variable(), table.weights(session.read(table.variable())));
    }
    Epoch epoch =
        new Epoch(
            Math.ceilDiv(done, (long) stepsPerEpoch()),
            done,
            trainSum / count,
            validSum / count,
            score(),
            weights);
    startEpoch();
    return epoch;
  }

  private void startEpoch() {
    trainSum = 0;
    validSum = 0;
    count = 0;
  }

  /** Batches of one split on their way to the feeds. */
  private final class Source {
    private final Batches batches;
    private final String prefix;
    private final float[] images;
    private final int[] labels;

    Source(SearchSplit split, String prefix, String purpose) {
      this.prefix = prefix;
      this.batches =
          Batches.training(
              split,
              settings.batchSize(),
              normalisation,
              settings.augmentation(),
              Philox.of(seed, purpose).bits(0));
      this.images = new float[batches.values()];
      this.labels = new int[settings.batchSize()];
    }

    void feed(long step, Map<String, HostData> feeds) {
      batches.fill(step, images, labels);
      feeds.put(prefix + SupernetProblem.IMAGES, HostData.of(images));
      feeds.put(prefix + SupernetProblem.LABELS, HostData.of(labels));
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
