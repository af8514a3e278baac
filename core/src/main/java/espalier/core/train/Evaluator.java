package espalier.core.train;

import espalier.core.data.Batches;
import espalier.core.data.Split;
import espalier.core.io.Normalisation;
import espalier.core.nn.Network;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures a classifier on a split with the weights a session holds. The remainder of a split is a
 * smaller batch, compiled once.
 */
public final class Evaluator {
  private final Session session;
  private final Network network;
  private final int batchSize;
  private final Map<Integer, Executable> executables = new LinkedHashMap<>();

  /** An evaluator of {@code network} in {@code session}, which holds its variables. */
  public Evaluator(Session session, Network network, int batchSize) {
    this.session = session;
    this.network = network;
    this.batchSize = batchSize;
  }

  /** Accuracy and mean cross-entropy on a split. */
  public record Score(double accuracy, double loss) {}

  /** Measures a split. */
  public Score measure(Split split, Normalisation normalisation) {
    Batches batches = Batches.evaluation(split, Math.min(batchSize, split.size()), normalisation);
    long correct = 0;
    double loss = 0;
    int values = split.image().values();
    int classes = split.classNames().size();
    for (int step = 0; step < batches.stepsPerEpoch(); step++) {
      int rows = batches.rows(step);
      float[] images = new float[rows * values];
      int[] labels = new int[rows];
      batches.fill(step, images, labels);
      float[] logits =
          session
              .run(executable(split, rows), Map.of(ClassifierGraphs.IMAGES, HostData.of(images)))
              .floats(0);
      for (int row = 0; row < rows; row++) {
        correct += largest(logits, row * classes, classes) == labels[row] ? 1 : 0;
        loss += crossEntropy(logits, row * classes, classes, labels[row]);
      }
    }
    return new Score((double) correct / split.size(), loss / split.size());
  }

  private Executable executable(Split split, int rows) {
    return executables.computeIfAbsent(
        rows,
        batch ->
            session.compile(
                ClassifierGraphs.inference(network, split.image(), batch).computation()));
  }

  private static int largest(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private static double crossEntropy(float[] logits, int from, int classes, int label) {
    double most = logits[from + largest(logits, from, classes)];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(logits[from + c] - most);
    }
    return StrictMath.log(sum) + most - logits[from + label];
  }
}
