package espalier.bench;

import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Space;
import espalier.core.train.Classes;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.core.train.TaskGraphs;
import java.util.List;
import java.util.Map;

/**
 * A training step of the network of NAS-Bench-201 whose cell has a 3×3 convolution on every edge:
 * SGD with Nesterov's momentum, as its authors train.
 */
public record TrainingStep(int cellsPerStage, int channels, Samples samples)
    implements Row.InSession {
  /** The loss. */
  public static final String LOSS = "loss";

  /** Learning rate. */
  public static final float RATE = 0.1f;

  /** The optimiser. */
  public static final Sgd OPTIMIZER = new Sgd(0.9, 5e-4, true);

  private static final int PROBE_BATCH = 16;
  private static final String EDGE = "nor_conv_3x3~";

  /** The benchmark's own network: 5 cells per stage, 16 channels. */
  public static TrainingStep of(int batch) {
    return new TrainingStep(5, 16, Samples.cifar(batch));
  }

  @Override
  public String label() {
    return "nas-bench-201 training step";
  }

  @Override
  public boolean isNetwork() {
    return true;
  }

  private Network network() {
    Nb201Macro macro = new Nb201Macro(channels, cellsPerStage);
    Nb201Space space = new Nb201Space(macro, macro);
    String notation = "|%1$s0|+|%1$s0|%1$s1|+|%1$s0|%1$s1|%1$s2|".formatted(EDGE);
    return space.model(space.parse(notation), Samples.CLASSES);
  }

  @Override
  public Assembly assembly() {
    Recipe standard = Recipe.standard();
    Recipe recipe =
        new Recipe(
            samples.batch(),
            OPTIMIZER,
            new Schedule.Cosine(RATE, 0),
            0,
            standard.loss(),
            0,
            0,
            standard.augmentation(),
            0);
    TaskGraphs.Built built =
        TaskGraphs.training(network(), Classes.ofImages(samples.image(), Samples.CLASSES), recipe);
    return new Assembly(
        built.variables(),
        List.of(
            new Assembly.Phase(
                built.computation(),
                List.of(LOSS),
                samples.feeds("", Map.of(TaskGraphs.LEARNING_RATE, RATE)))),
        watched());
  }

  /** Variables that tell whether a step did what it should. */
  public List<String> watched() {
    return List.of("classifier.weight", "stem.conv.weight");
  }

  /** Each product of the forward pass has two in the backward pass. */
  @Override
  public Cost cost() {
    NetworkCounts counts = NetworkCounts.declared(network(), samples.image());
    double products = (double) counts.multiplyAccumulates() * samples.batch();
    return Cost.of(3 * products, 4.0 * counts.parameters() + samples.shape().size());
  }

  /**
   * One cell per stage at full width. At full depth the second step at this rate multiplies a
   * rounding error by hundreds, whatever the engine, and its answers tell nothing.
   */
  @Override
  public TrainingStep probe() {
    return new TrainingStep(1, channels, samples.atMost(PROBE_BATCH));
  }

  @Override
  public TrainingStep small() {
    return new TrainingStep(1, 4, new Samples(4, 12));
  }

  @Override
  public double tolerance(String answer) {
    return Rounding.OF_NETWORKS;
  }
}
