package espalier.cli;

import espalier.core.data.Target;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrainingEstimator.Reduction;
import espalier.core.nn.ClassicNetwork;
import espalier.core.search.Objective;
import espalier.core.search.Repeats;
import espalier.core.space.DartsMacro;
import espalier.core.supernet.BilevelSteps;
import espalier.core.train.Adam;
import espalier.core.train.Optimizer;
import espalier.core.train.Sgd;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Options whose values are names; each value prints as users type it. */
final class Choice {
  private Choice() {}

  /** How an architecture is found. */
  enum Strategy {
    DARTS,
    RANDOM,
    RANDOM_UNIQUE,
    RE,
    LOCAL,
    SA,
    REINFORCE,
    REINFORCE_LSTM,
    PPO,
    UCT,
    EXP3,
    HEDGE,
    NSGA2,
    TPE,
    FOREST,
    BANANAS,
    NPENAS,
    SH,
    HYPERBAND,
    ASHA,
    BOHB,
    PBT,
    NASH,
    DRAW;

    /**
     * Requires this to be one of those that suit something.
     *
     * @throws IllegalArgumentException naming them
     */
    void requireAmong(Collection<String> suited, String what) {
      if (!suited.contains(toString())) {
        throw new IllegalArgumentException(
            "--strategy %s does not apply to %s; use one of %s"
                .formatted(this, what, String.join(", ", suited)));
      }
    }

    /** Whether candidates are trained and compared one by one. */
    boolean hasTrials() {
      return this != DARTS && this != DRAW;
    }

    /** Whether most candidates are trained less than in full. */
    boolean isRace() {
      return switch (this) {
        case SH, HYPERBAND, ASHA, BOHB -> true;
        default -> false;
      };
    }

    /** Whether it can look for a Pareto front. */
    boolean hasSeveralObjectives() {
      return switch (this) {
        case RANDOM, RANDOM_UNIQUE, NSGA2, SH, HYPERBAND, ASHA -> true;
        default -> false;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What a candidate that is trained less than in full has less of. */
  enum Fidelity {
    STEPS(Reduction.STEPS),
    EXAMPLES(Reduction.EXAMPLES),
    RESOLUTION(Reduction.RESOLUTION);

    private final Reduction reduction;

    Fidelity(Reduction reduction) {
      this.reduction = reduction;
    }

    Reduction reduction() {
      return reduction;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is wanted of a network. */
  enum Goal {
    ACCURACY(Objective.maximise(TrainingEstimator.ACCURACY)),
    LOSS(Objective.minimise(TrainingEstimator.LOSS)),
    PARAMS(Objective.minimise(TrainingEstimator.PARAMETERS)),
    MACS(Objective.minimise(TrainingEstimator.MACS)),
    MEMORY(Objective.minimise(TrainingEstimator.PEAK_BYTES)),
    SIZE(Objective.minimise(TrainingEstimator.MODEL_BYTES));

    private final Objective objective;

    Goal(Objective objective) {
      this.objective = objective;
    }

    Objective objective() {
      return objective;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Goals, the first above all. */
  record Goals(List<Goal> all) {
    Goals {
      all = List.copyOf(all);
    }

    boolean areSeveral() {
      return all.size() > 1;
    }

    @Override
    public String toString() {
      return String.join(",", all.stream().map(Goal::toString).toList());
    }
  }

  /** What is told of the rows of a table. */
  enum TableTask {
    CLASSIFICATION(Target.Kind.CLASSES),
    REGRESSION(Target.Kind.VALUES);

    private final Target.Kind kind;

    TableTask(Target.Kind kind) {
      this.kind = kind;
    }

    Target.Kind kind() {
      return kind;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far the architecture's gradient looks. */
  enum Order {
    FIRST(BilevelSteps.Order.FIRST),
    SECOND(BilevelSteps.Order.SECOND);

    private final BilevelSteps.Order order;

    Order(BilevelSteps.Order order) {
      this.order = order;
    }

    BilevelSteps.Order order() {
      return order;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What changes the weights. */
  enum OptimizerName {
    SGD,
    ADAM,
    ADAMW;

    static final double MOMENTUM = 0.9;
    static final double WEIGHT_DECAY = 3e-4;

    /** The optimiser with what users mostly want. */
    Optimizer standard() {
      return build(MOMENTUM, WEIGHT_DECAY, false);
    }

    /** The optimiser; momentum and its form are those of sgd. */
    Optimizer build(double momentum, double weightDecay, boolean nesterov) {
      return switch (this) {
        case SGD -> new Sgd(momentum, weightDecay, nesterov);
        case ADAM -> new Adam(0.9, 0.999, 1e-8, weightDecay, false);
        case ADAMW -> new Adam(0.9, 0.999, 1e-8, weightDecay, true);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The shape of the learning rate over a training. */
  enum ScheduleName {
    COSINE,
    LINEAR,
    STEP,
    CONSTANT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How an image becomes the first features. */
  enum StemName {
    CIFAR(DartsMacro.Stem.CIFAR),
    IMAGENET(DartsMacro.Stem.IMAGENET);

    private final DartsMacro.Stem stem;

    StemName(DartsMacro.Stem stem) {
      this.stem = stem;
    }

    DartsMacro.Stem stem() {
      return stem;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A network drawn by hand. */
  enum NetworkName {
    CNN(ClassicNetwork.CNN),
    RESNET20(ClassicNetwork.RESNET20);

    private final ClassicNetwork network;

    NetworkName(ClassicNetwork network) {
      this.network = network;
    }

    ClassicNetwork network() {
      return network;
    }

    @Override
    public String toString() {
      return network.label();
    }
  }

  /** What an architecture costs that was evaluated before. */
  enum RepeatsName {
    CHARGED(Repeats.CHARGED),
    CACHED(Repeats.CACHED);

    private final Repeats repeats;

    RepeatsName(Repeats repeats) {
      this.repeats = repeats;
    }

    Repeats repeats() {
      return repeats;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A part of a data set. */
  enum SplitName {
    TEST,
    VALID,
    TRAIN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
