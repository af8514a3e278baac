package espalier.core.estimate;

import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.search.Estimator;
import espalier.core.search.Fidelity;
import espalier.core.search.Inheritance;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.train.Checkpoint;
import espalier.core.train.Examples;
import espalier.core.train.MemoryFigure;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.core.train.TaskData;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Trains each candidate on the search's training examples and measures it on its validation
 * examples. Every candidate starts from the same seed, so a trial's outcome is a function of
 * candidate and fidelity alone, and of whom it inherits its weights from if it does.
 *
 * <p>Its metrics are those of the task, named as {@link #valid} names them, {@link #TRAIN_LOSS},
 * and what is known without training: {@link #PARAMETERS}, {@link #MACS}, {@link #PEAK_BYTES} and
 * {@link #MODEL_BYTES}.
 */
public final class TrainingEstimator<A> implements Estimator<A> {
  /** Share of the validation examples classified correctly. */
  public static final String ACCURACY = valid(Metric.ACCURACY);

  /** Mean cross-entropy on the validation examples. */
  public static final String LOSS = valid(Metric.LOSS);

  /**
   * Mean loss of all training steps so far: the less, the faster it learnt [Ru, Lyle, Schut, Fil,
   * van der Wilk, Gal 2021].
   */
  public static final String TRAIN_LOSS = "trainLoss";

  /** Trainable values, as the literature counts them. */
  public static final String PARAMETERS = "params";

  /** Multiply-accumulates of one example, at full resolution. */
  public static final String MACS = "macs";

  /** Memory that training takes, as planned. */
  public static final String PEAK_BYTES = "peakTrainBytes";

  /** Values that a saved model holds, running statistics too, in bytes. */
  public static final String MODEL_BYTES = "modelBytes";

  private static final String LOSSES = "losses";
  private static final Path UNNAMED = Path.of("training");
  private static final List<String> SIZES = List.of(PARAMETERS, MACS, PEAK_BYTES, MODEL_BYTES);

  /** The name of a task's metric on the validation examples. */
  public static String valid(Metric metric) {
    return metric.on("valid");
  }

  /** What a lower fidelity has less of. */
  public enum Reduction {
    /**
     * The first steps of the whole training, its schedule included: a continued trial goes on where
     * the other ended.
     */
    STEPS,

    /** Training examples: as many epochs over fewer of them. A continued trial begins anew. */
    EXAMPLES,

    /**
     * Pixels: the whole training, and the measuring, on images brought by area to this share of
     * their sides, rounded to even numbers of at least 8. A continued trial begins anew. Networks
     * that bring their images to a size of their own are no cheaper so.
     */
    RESOLUTION;

    /** Whether the steps of a trial are the first steps of one at a higher fidelity. */
    boolean isContinued() {
      return switch (this) {
        case STEPS -> true;
        case EXAMPLES, RESOLUTION -> false;
      };
    }
  }

  /**
   * How candidates are trained.
   *
   * @param recipe of every candidate that has none of its own
   * @param epochs of a trial at full fidelity
   */
  public record Settings(Recipe recipe, int epochs, Reduction reduction) {
    public Settings {
      if (epochs < 1) {
        throw new IllegalArgumentException(
            "estimator: %d epochs, expected 1 or more".formatted(epochs));
      }
    }
  }

  private final Backend backend;
  private final Function<A, Network> networks;
  private final Function<A, Recipe> recipes;
  private final TaskData data;
  private final Examples valid;
  private final Settings settings;
  private final long seed;
  private final TrainingListener listener;
  private final TrialTrainings trainings;
  private final boolean leavesAll;

  /**
   * An estimator.
   *
   * @param backend outlives it
   * @param networks what is trained for a candidate
   * @throws IllegalArgumentException if the data hold nothing to compare candidates on, or no
   *     images where the resolution is to be reduced
   */
  public TrainingEstimator(
      Backend backend, Function<A, Network> networks, TaskData data, Settings settings, long seed) {
    this(
        backend,
        networks,
        _ -> settings.recipe(),
        data,
        settings,
        seed,
        TrainingListener.none(),
        TrialTrainings.none(),
        false);
  }

  private TrainingEstimator(
      Backend backend,
      Function<A, Network> networks,
      Function<A, Recipe> recipes,
      TaskData data,
      Settings settings,
      long seed,
      TrainingListener listener,
      TrialTrainings trainings,
      boolean leavesAll) {
    if (settings.reduction() == Reduction.RESOLUTION) {
      LowResolution.requireImages(data.task().input());
    }
    this.backend = backend;
    this.networks = networks;
    this.recipes = recipes;
    this.data = data;
    this.settings = settings;
    this.valid =
        data.valid()
            .orElseThrow(() ->
                new IllegalArgumentException("estimator: no validation examples, expected some"));
    this.seed = seed;
    this.listener = listener;
    this.trainings = trainings;
    this.leavesAll = leavesAll;
  }

  /** This estimator, whose trainings are heard of and may be stopped; for trials one at a time. */
  public TrainingEstimator<A> heardBy(TrainingListener watch) {
    return with(recipes, watch, trainings, leavesAll);
  }

  /** This estimator, whose trials leave their trainings there and go on with those they find. */
  public TrainingEstimator<A> leavingTrainings(TrialTrainings where) {
    return with(recipes, listener, where, leavesAll);
  }

  /**
   * This estimator, whose trials leave their trainings there even at full fidelity, for others to
   * inherit their weights. What a trial ends with then depends on whom it inherits from, so a
   * repeat is no repeat.
   */
  public TrainingEstimator<A> bequeathing(TrialTrainings where) {
    return with(recipes, listener, where, true);
  }

  /** This estimator with a recipe of its own for each candidate. */
  public TrainingEstimator<A> trainedBy(Function<A, Recipe> each) {
    return with(each, listener, trainings, leavesAll);
  }

  private TrainingEstimator<A> with(
      Function<A, Recipe> each, TrainingListener watch, TrialTrainings where, boolean all) {
    return new TrainingEstimator<>(
        backend, networks, each, data, settings, seed, watch, where, all);
  }

  private TrialPlan plan(A candidate, Fidelity fidelity) {
    return TrialPlan.of(
        settings,
        data.withoutValid(),
        networks.apply(candidate),
        recipes.apply(candidate),
        fidelity.share());
  }

  @Override
  public Outcome estimate(Trial<A> trial) {
    TrialPlan plan = plan(trial.candidate(), trial.fidelity());
    if (!NetworkCounts.seesInput(plan.network(), data.task().input())) {
      return new Outcome.Failed("the architecture has no path from the input to the output");
    }
    Map<String, float[]> inherited = Map.of();
    if (trial.start() instanceof Start.Inherit(long parent, Inheritance how)) {
      Optional<Checkpoint> estate = trainings.find(parent);
      if (estate.isEmpty()) {
        return new Outcome.Failed("the weights of trial %d are not kept".formatted(parent));
      }
      inherited = how.inherit(estate.get().variables());
    }
    Optional<Checkpoint> left = left(trial);
    if (left.isEmpty() && trial.start() instanceof Start.Adopt(long before, _)) {
      return new Outcome.Failed("the training of trial %d is not kept".formatted(before));
    }
    double losses = left.map(stored -> stored.real(LOSSES, UNNAMED)).orElse(0.0);
    TrialProgress progress = new TrialProgress(paid(trial), plan.steps(), losses, listener);
    try (Trainer trainer = new Trainer(backend, plan.network(), plan.recipe(), plan.data(), seed)) {
      if (!inherited.isEmpty()) {
        trainer.begin(inherited);
      }
      TrainingOutcome outcome =
          left.isPresent()
              ? trainer.runOn(left.get(), plan.scheduled(), progress)
              : trainer.run(plan.scheduled(), Optional.empty(), progress);
      if (outcome instanceof TrainingOutcome.Diverged(long step)) {
        return new Outcome.Failed("the training diverged at step " + step);
      }
      if (!progress.isDone()) {
        return new Outcome.Failed("the training was stopped");
      }
      if (leavesAll || plan.steps() < plan.scheduled()) {
        leave(trial, trainer.checkpoint(plan.steps(), plan.scheduled()), progress.losses());
      }
      return new Outcome.Measured(
          metrics(trial.candidate(), trainer.measure(valid), progress.meanLoss()));
    }
  }

  /** The training that a trial continues, where it is still there. */
  private Optional<Checkpoint> left(Trial<A> trial) {
    return switch (trial.start()) {
      case Start.Continue before when paid(trial) > 0 -> trainings.find(before.trial());
      case Start.Adopt(long before, _) -> trainings.find(before);
      case Start.Continue _, Start.Fresh _, Start.Inherit _ -> Optional.empty();
    };
  }

  private void leave(Trial<A> trial, Checkpoint training, double losses) {
    Map<String, String> counters = new LinkedHashMap<>(training.counters());
    counters.put(LOSSES, Double.toString(losses));
    trainings.keep(trial.number(), new Checkpoint(training.variables(), counters));
  }

  /** Steps that another trial did, which this one continues. */
  private long paid(Trial<A> trial) {
    return settings.reduction().isContinued()
        ? switch (trial.start()) {
          case Start.Continue before -> plan(trial.candidate(), before.from()).steps();
          case Start.Adopt before -> plan(trial.candidate(), before.from()).steps();
          case Start.Fresh _, Start.Inherit _ -> 0;
        }
        : 0;
  }

  /** Training steps that a trial adds. */
  private long steps(Trial<A> trial) {
    return Math.max(1, plan(trial.candidate(), trial.fidelity()).steps() - paid(trial));
  }

  /**
   * What a trial costs, in steps of the settings' recipe on whole images: an epoch costs the same
   * whatever a candidate's batch, and steps on smaller images are less.
   */
  public long wholeSteps(Trial<A> trial) {
    TrialPlan plan = plan(trial.candidate(), trial.fidelity());
    double worth =
        share(plan.network(), trial)
            * data.stepsPerEpoch(settings.recipe().batchSize())
            / data.stepsPerEpoch(plan.recipe().batchSize());
    return Math.max(1, Math.round(worth * plan.steps()) - Math.round(worth * paid(trial)));
  }

  /** Share of the multiply-accumulates of whole images that a trial's network needs. */
  private double share(Network network, Trial<A> trial) {
    return settings.reduction() != Reduction.RESOLUTION || trial.fidelity().isWhole()
        ? 1
        : (double) macs(network) / Math.max(1, macs(networks.apply(trial.candidate())));
  }

  private long macs(Network network) {
    return NetworkCounts.declared(network, data.task().input()).multiplyAccumulates();
  }

  private Metrics metrics(A candidate, Score score, double trainLoss) {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    score
        .values()
        .forEach((metric, value) -> {
          names.add(valid(metric));
          values.add(value);
        });
    names.add(TRAIN_LOSS);
    values.add(trainLoss);
    names.addAll(SIZES);
    for (double size : sizes(candidate)) {
      values.add(size);
    }
    return Metrics.of(names, values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  @Override
  public boolean isStationary() {
    return !leavesAll;
  }

  @Override
  public Metrics known(A candidate) {
    return Metrics.of(SIZES, sizes(candidate));
  }

  private double[] sizes(A candidate) {
    Network network = networks.apply(candidate);
    NetworkCounts counts = NetworkCounts.declared(network, data.task().input());
    MemoryFigure memory = MemoryFigure.training(network, data.task(), recipes.apply(candidate));
    return new double[] {
      counts.parameters(),
      counts.multiplyAccumulates(),
      memory.peakBytes(),
      NetworkCounts.modelBytes(network, data.task().input())
    };
  }

  /** {@inheritDoc} Multiply-accumulates of its training steps, at its resolution. */
  @Override
  public long cost(Trial<A> trial) {
    TrialPlan plan = plan(trial.candidate(), trial.fidelity());
    return Math.max(1, steps(trial) * plan.recipe().batchSize() * macs(plan.network()));
  }
}
