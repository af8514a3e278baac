package espalier.bench;

import espalier.core.nn.CrossEntropy;
import espalier.core.nn.NetworkCounts;
import espalier.core.nn.Scope;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsSpace;
import espalier.core.supernet.BilevelProblem;
import espalier.core.supernet.BilevelSteps;
import espalier.core.supernet.CellSupernet;
import espalier.core.supernet.Supernet;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Adam;
import espalier.core.train.Sgd;
import espalier.kernels.spi.DType;
import java.util.List;
import java.util.Map;

/**
 * A whole step of first-order DARTS on images of 32×32 pixels: Adam moves α along its gradient on a
 * validation batch, then SGD with momentum moves the weights along theirs on a training batch, at
 * most 5 long.
 */
public record SearchStep(int cells, int channels, Samples samples) implements Row.InSession {
  /** Variables of α. */
  public static final List<String> ALPHA = List.of("alpha.normal", "alpha.reduce");

  /** Learning rate of the weights. */
  public static final float WEIGHT_RATE = 0.025f;

  /** Learning rate of α. */
  public static final float ALPHA_RATE = 3e-4f;

  /** Limit of the norm of the weights' gradients. */
  public static final double CLIP = 5;

  /** The loss of the training batch. */
  public static final String TRAIN_LOSS = "training loss";

  /** The loss of the validation batch. */
  public static final String VALID_LOSS = "validation loss";

  private static final int PROBE_BATCH = 4;

  /** The published search: 8 cells, 16 channels. */
  public static SearchStep of(int batch) {
    return new SearchStep(8, 16, Samples.cifar(batch));
  }

  @Override
  public String label() {
    return "search step";
  }

  @Override
  public boolean isNetwork() {
    return true;
  }

  private Supernet<?> supernet() {
    DartsMacro macro = DartsMacro.cifar(channels, cells).plain();
    return new CellSupernet<>(new DartsSpace(macro, macro), Samples.CLASSES);
  }

  private record Problem(Supernet<?> supernet, Samples samples) implements BilevelProblem {
    @Override
    public Tensor trainLoss(Scope scope) {
      return loss(scope, "train ");
    }

    @Override
    public Tensor validLoss(Scope scope) {
      return loss(scope, "valid ");
    }

    @Override
    public boolean isArchitecture(String variable) {
      return supernet.isArchitecture(variable);
    }

    private Tensor loss(Scope scope, String split) {
      Tensor images = scope.graph().feed(split + Samples.IMAGES, samples.shape());
      Tensor labels =
          scope.graph().feed(split + Samples.LABELS, DType.I32, Shape.of(samples.batch()));
      return CrossEntropy.plain().loss(supernet.build(scope, images).main(), labels);
    }
  }

  @Override
  public Assembly assembly() {
    BilevelSteps steps =
        BilevelSteps.of(
            new Problem(supernet(), samples),
            Sgd.darts(),
            CLIP,
            Adam.architecture(),
            BilevelSteps.Order.FIRST);
    return new Assembly(
        steps.variables(),
        List.of(
            new Assembly.Phase(
                steps.architecture(),
                List.of(VALID_LOSS),
                samples.feeds("valid ", Map.of(BilevelSteps.ARCHITECTURE_RATE, ALPHA_RATE))),
            new Assembly.Phase(
                steps.weights(),
                List.of(TRAIN_LOSS),
                samples.feeds("train ", Map.of(BilevelSteps.WEIGHT_RATE, WEIGHT_RATE)))),
        watched());
  }

  /** Variables that tell whether a step did what it should. */
  public List<String> watched() {
    return List.of(ALPHA.getFirst(), ALPHA.getLast(), "classifier.weight", "stem.conv.weight");
  }

  /**
   * Each product of the forward pass has one more in the step of α, that of the gradient of its
   * input, and two more in the step of the weights.
   */
  @Override
  public Cost cost() {
    NetworkCounts counts = NetworkCounts.declared(supernet(), samples.image());
    double products = (double) counts.multiplyAccumulates() * samples.batch();
    return Cost.of(5 * products, 4.0 * counts.parameters() + 2.0 * samples.shape().size());
  }

  @Override
  public SearchStep probe() {
    return new SearchStep(cells, channels, samples.atMost(PROBE_BATCH));
  }

  @Override
  public SearchStep small() {
    return new SearchStep(3, 4, new Samples(4, 12));
  }

  @Override
  public double tolerance(String answer) {
    return ALPHA.contains(answer) ? Rounding.OF_ALPHA : Rounding.OF_NETWORKS;
  }
}
