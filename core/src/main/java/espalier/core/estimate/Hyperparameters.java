package espalier.core.estimate;

import espalier.core.compose.Pick;
import espalier.core.data.Augmentation;
import espalier.core.nn.CrossEntropy;
import espalier.core.train.Adam;
import espalier.core.train.Optimizer;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How a network is trained, as a search may decide it.
 *
 * @param rate learning rate at the start; it falls to 0 along a cosine
 * @param weightDecay pull of the weights towards 0
 * @param batchSize examples of a step
 */
public record Hyperparameters(Method method, double rate, double weightDecay, int batchSize) {
  private static final double CLIP = 5;

  /** What changes the weights. */
  public enum Method {
    /** Adam whose weight decay is apart from the gradient [Loshchilov and Hutter 2019]. */
    ADAMW,
    /** Gradient descent with momentum 0.9; its rate is ten times as high. */
    SGD;

    private Optimizer optimizer(double weightDecay) {
      return switch (this) {
        case ADAMW -> new Adam(0.9, 0.999, 1e-8, weightDecay, true);
        case SGD -> new Sgd(0.9, weightDecay, false);
      };
    }

    private double rate(double rate) {
      return this == SGD ? 10 * rate : rate;
    }
  }

  /**
   * What there is to decide. Rate and weight decay are steps on a logarithmic scale.
   *
   * @param examples to learn from: no batch is larger
   */
  public static Pick<Hyperparameters> among(int examples) {
    List<Integer> batches = List.of(16, 32, 64).stream().filter(n -> n <= examples).toList();
    Pick<Method> method = Pick.among(List.of(Method.values()));
    Pick<Double> rate = Pick.logarithmic(3e-4, 1e-2, 6);
    Pick<Double> decay = Pick.logarithmic(1e-5, 1e-1, 5);
    Pick<Integer> batch = Pick.ordered(batches.isEmpty() ? List.of(examples) : batches);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("method", method);
    parts.put("rate", rate);
    parts.put("decay", decay);
    parts.put("batch", batch);
    return Pick.all(
        parts,
        picked ->
            new Hyperparameters(
                picked.get("method", method),
                picked.get("rate", rate),
                picked.get("decay", decay),
                picked.get("batch", batch)));
  }

  /** Whether a training by the others can go on with these: all but the rate is the same. */
  public boolean differsInRateOnly(Hyperparameters others) {
    return rate != others.rate
        && equals(new Hyperparameters(others.method, rate, others.weightDecay, others.batchSize));
  }

  /** A recipe of these; what they do not decide stays. */
  public Recipe of(Recipe recipe) {
    return recipe
        .withBatchSize(batchSize)
        .with(method.optimizer(weightDecay), new Schedule.Cosine(method.rate(rate), 0));
  }

  /** The recipe they stand for. */
  public Recipe recipe() {
    return new Recipe(
        batchSize,
        method.optimizer(weightDecay),
        new Schedule.Cosine(method.rate(rate), 0),
        CLIP,
        CrossEntropy.plain(),
        0,
        0,
        Augmentation.none(),
        0);
  }
}
