package espalier.core.train;

import espalier.core.nn.Dropout;
import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.HostData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Trains a network for an exact number of steps. Everything random is keyed by the seed and the
 * step, and each epoch ends with a checkpoint where one is wanted, so a training that was killed
 * and resumed ends with the same bits as one never stopped.
 */
public final class Trainer implements AutoCloseable {
  private static final String BEST = "best/";

  private final Network network;
  private final Recipe recipe;
  private final long seed;
  private final TaskData data;
  private final Optional<Examples> valid;
  private final Session session;
  private final Executable step;
  private final Set<String> feeds;
  private final Map<String, Parameter> weights;

  private Map<String, float[]> best = Map.of();
  private double bestValue;
  private long bestEpoch;
  private double lossSum;
  private long lossCount;

  /** A training that has not started: weights are at their initial values. */
  public Trainer(Backend backend, Network network, Recipe recipe, TaskData data, long seed) {
    this.network = network;
    this.recipe = recipe;
    this.data = data;
    this.valid = data.valid();
    this.seed = seed;
    this.bestValue = leading().direction().worst();
    TaskGraphs.Built built = TaskGraphs.training(network, data.task(), recipe);
    this.session = new Session(backend);
    for (Parameter variable : built.variables()) {
      float[] values = variable.initializer().values(variable.shape(), variable.name(), seed);
      session.declare(variable.name(), variable.shape(), HostData.of(values));
    }
    this.weights = built.scope().parameters();
    this.feeds = built.computation().graph().feeds().keySet();
    this.step = session.compile(built.computation());
  }

  /** The session that holds the weights. */
  public Session session() {
    return session;
  }

  /** Bytes of variables, optimiser state and arena. */
  public long peakBytes() {
    return session.bytes();
  }

  /** Weights and running statistics, without the optimiser's slots. */
  public Map<String, float[]> weights() {
    Map<String, float[]> values = new LinkedHashMap<>();
    weights.keySet().forEach(name -> values.put(name, session.read(name)));
    return values;
  }

  /**
   * Puts these weights and running statistics in the place of the initial ones.
   *
   * @throws IllegalArgumentException naming the variables, if they are not those of {@link
   *     #weights}, or one that has another size
   */
  public void begin(Map<String, float[]> values) {
    if (!values.keySet().equals(weights.keySet())) {
      throw new IllegalArgumentException(
          "training: begins with variables %s, the network has %s"
              .formatted(values.keySet(), weights.keySet()));
    }
    weights.forEach((name, variable) -> {
      float[] value = values.getOrDefault(name, new float[0]);
      if (value.length != variable.shape().size()) {
        throw new IllegalArgumentException(
            "training: begins with %d values of variable '%s', the network expects %s"
                .formatted(value.length, name, variable.shape()));
      }
      session.write(name, HostData.of(value));
    });
  }

  /** Steps of one epoch. */
  public int stepsPerEpoch() {
    return data.stepsPerEpoch(recipe.batchSize());
  }

  /**
   * Trains until {@code steps} steps are done in all, from the checkpoint where there is one. One
   * that ends by itself leaves the weights of the best epoch in the session.
   *
   * @param checkpoint file to write after each epoch and to start from; empty for none
   */
  public TrainingOutcome run(long steps, Optional<Path> checkpoint, TrainingListener listener) {
    long start = 0;
    if (checkpoint.isPresent() && Checkpoint.exists(checkpoint.get())) {
      start = restore(Checkpoint.read(checkpoint.get()), checkpoint.get());
      if (stopsEarly(start, steps)) {
        takeBest();
        return new TrainingOutcome.StoppedEarly(start, bestEpoch);
      }
    }
    return train(start, steps, checkpoint, listener);
  }

  /**
   * Trains on from what {@link #checkpoint} yielded until {@code steps} steps are done in all, to
   * the same bits as without the interruption.
   */
  public TrainingOutcome runOn(Checkpoint from, long steps, TrainingListener listener) {
    long start = restore(from, Path.of("checkpoint"));
    return train(start, steps, Optional.empty(), listener);
  }

  private TrainingOutcome train(
      long start, long steps, Optional<Path> checkpoint, TrainingListener listener) {
    Feeder batches = data.training(recipe, seed);
    lossSum = 0;
    lossCount = 0;
    listener.start(start);
    for (long s = start; s < steps; s++) {
      if (listener.isCancelled()) {
        return new TrainingOutcome.Cancelled(s);
      }
      double loss = session.run(step, feeds(s, steps, batches.feeds(s))).scalar(0);
      if (!Double.isFinite(loss)) {
        return new TrainingOutcome.Diverged(s);
      }
      lossSum += loss;
      lossCount++;
      listener.step(s + 1, steps, loss);
      if ((s + 1) % batches.stepsPerEpoch() == 0 || s + 1 == steps) {
        long epoch = Math.ceilDiv(s + 1, (long) batches.stepsPerEpoch());
        long done = s + 1;
        if (!weightsAreFinite()) {
          return new TrainingOutcome.Diverged(s);
        }
        endEpoch(epoch, done, listener);
        checkpoint.ifPresent(file -> checkpoint(done, steps).write(file));
        if (stopsEarly(done, steps)) {
          takeBest();
          return new TrainingOutcome.StoppedEarly(s + 1, bestEpoch);
        }
      }
    }
    takeBest();
    return new TrainingOutcome.Completed(steps);
  }

  private boolean stopsEarly(long done, long steps) {
    return recipe.patience() > 0
        && valid.isPresent()
        && done < steps
        && done / stepsPerEpoch() - bestEpoch >= recipe.patience();
  }

  /** Measures a part of the task's data with the weights as they are. */
  public Score measure(Examples examples) {
    return new Evaluator(session, network, data.task(), recipe.batchSize()).measure(examples);
  }

  private Map<String, HostData> feeds(long s, long steps, Map<String, HostData> batch) {
    double progress = (double) s / steps;
    Map<String, HostData> all = new LinkedHashMap<>(batch);
    all.put(TaskGraphs.LEARNING_RATE, HostData.of((float) recipe.schedule().rate(progress)));
    all.put(Dropout.PATH_PROBABILITY, HostData.of((float) (recipe.dropPath() * progress)));
    all.put(Scope.RANDOM_KEY, randomKey(seed, s));
    all.keySet().retainAll(feeds);
    return all;
  }

  /** The key of a step's random numbers. */
  public static HostData randomKey(long seed, long step) {
    return HostData.of((int) seed, (int) (seed >>> 32), (int) step, (int) (step >>> 32));
  }

  private void endEpoch(long epoch, long done, TrainingListener listener) {
    Optional<Score> score = valid.map(this::measure);
    if (score.isPresent()
        && leading().direction().isBetter(score.get().leadingValue(), bestValue)) {
      bestValue = score.get().leadingValue();
      bestEpoch = epoch;
      best = weights();
    }
    listener.epoch(new TrainingListener.Epoch(epoch, done, lossSum / lossCount, score));
    lossSum = 0;
    lossCount = 0;
  }

  /** A step may ruin the weights after its loss was computed, and no step may follow to tell. */
  private boolean weightsAreFinite() {
    for (float[] values : weights().values()) {
      for (float value : values) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Puts back the weights of the best epoch, where a validation split told one. */
  public void takeBest() {
    best.forEach((name, values) -> session.write(name, HostData.of(values)));
  }

  /** The metric that epochs are compared by. */
  private Metric leading() {
    return data.task().metrics().getFirst();
  }

  private String bestCounter() {
    return "best_" + leading().name();
  }

  /** All that going on from here needs, {@code done} of {@code steps} steps being done. */
  public Checkpoint checkpoint(long done, long steps) {
    Map<String, String> counters = new LinkedHashMap<>();
    counters.put("step", Long.toString(done));
    counters.put("steps", Long.toString(steps));
    counters.put("best_epoch", Long.toString(bestEpoch));
    counters.put(bestCounter(), Double.toString(bestValue));
    Map<String, float[]> variables =
        new LinkedHashMap<>(Checkpoint.of(session, counters).variables());
    best.forEach((name, values) -> variables.put(BEST + name, values));
    return new Checkpoint(variables, counters);
  }

  private long restore(Checkpoint stored, Path file) {
    Map<String, float[]> last = new LinkedHashMap<>();
    Map<String, float[]> kept = new LinkedHashMap<>();
    stored
        .variables()
        .forEach((name, values) -> {
          if (name.startsWith(BEST)) {
            kept.put(name.substring(BEST.length()), values);
          } else {
            last.put(name, values);
          }
        });
    new Checkpoint(last, stored.counters()).restore(session, file);
    best = kept;
    bestEpoch = stored.count("best_epoch", file);
    bestValue = stored.real(bestCounter(), file);
    return stored.count("step", file);
  }

  @Override
  public void close() {
    session.close();
  }
}
