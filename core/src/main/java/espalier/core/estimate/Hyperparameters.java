package espalier.core.estimate;

import espalier.core.compose.Pick;
import espalier.core.data.Augmentation;
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
 * @param optimizer what changes the weights, with its weight decay
 * @param rate learning rate at the start; it falls to 0 along a cosine
 * @param batchSize examples of a step
 * @param augmentation what is done to images; nothing to rows of tables
 */
public record Hyperparameters(
    Optimizer optimizer, double rate, int batchSize, Augmentation augmentation) {
  /** What changes the weights, and how fast. */
  private record Method(Optimizer optimizer, double rate) {}

  /** Adam whose weight decay is apart from the gradient [Loshchilov and Hutter 2019]. */
  private static Method adamW(double rate, double beta2, double decay) {
    return new Method(new Adam(0.9, beta2, 1e-8, decay, true), rate);
  }

  private static Method sgd(double rate, double momentum, boolean nesterov, double decay) {
    return new Method(new Sgd(momentum, decay, nesterov), rate);
  }

  /** What tables ask: SGD has momentum 0.9 and ten times the rate of AdamW. */
  private enum Kind {
    ADAMW,
    SGD;

    private Method method(double rate, double decay) {
      return switch (this) {
        case ADAMW -> adamW(rate, 0.999, decay);
        case SGD -> sgd(10 * rate, 0.9, false, decay);
      };
    }
  }

  /**
   * What there is to decide of learning from tables, each independent of the others. Rate and
   * weight decay are steps on a logarithmic scale.
   *
   * @param examples to learn from: no batch is larger
   */
  public static Pick<Hyperparameters> among(int examples) {
    Pick<Kind> kind = Pick.among(List.of(Kind.values()));
    Pick<Double> rate = Pick.logarithmic(3e-4, 1e-2, 6);
    Pick<Double> decay = Pick.logarithmic(1e-5, 1e-1, 5);
    Pick<Integer> batch = batch(List.of(16, 32, 64), examples);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("method", kind);
    parts.put("rate", rate);
    parts.put("decay", decay);
    parts.put("batch", batch);
    return Pick.all(
        parts,
        picked -> {
          Method method =
              picked
                  .get("method", kind)
                  .method(picked.get("rate", rate), picked.get("decay", decay));
          return new Hyperparameters(
              method.optimizer(), method.rate(), picked.get("batch", batch), Augmentation.none());
        });
  }

  /**
   * What there is to decide of learning from images: each method has rates, weight decays and
   * moments of its own, which are asked for only below it. Rates and weight decays are steps on a
   * logarithmic scale.
   *
   * @param examples to learn from: no batch is larger
   */
  public static Pick<Hyperparameters> ofImages(int examples) {
    SequencedMap<String, Pick<Method>> methods = new LinkedHashMap<>();
    methods.put("adamw", adamW());
    methods.put("sgd", sgd());
    Pick<Method> method = Pick.oneOf(methods);
    Pick<Integer> batch = batch(List.of(32, 64, 128), examples);
    Pick<Boolean> mirror = Pick.among(List.of(false, true));
    Pick<Integer> margin = Pick.ordered(List.of(0, 2, 4));
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("method", method);
    parts.put("batch", batch);
    parts.put("mirror", mirror);
    parts.put("margin", margin);
    return Pick.all(
        parts,
        picked -> {
          Method taken = picked.get("method", method);
          return new Hyperparameters(
              taken.optimizer(),
              taken.rate(),
              picked.get("batch", batch),
              new Augmentation(picked.get("margin", margin), picked.get("mirror", mirror), 0));
        });
  }

  private static Pick<Method> adamW() {
    Pick<Double> rate = Pick.logarithmic(1e-4, 1e-2, 6);
    Pick<Double> beta2 = Pick.ordered(List.of(0.9, 0.99, 0.999));
    Pick<Double> decay = Pick.logarithmic(1e-4, 1e-1, 4);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("rate", rate);
    parts.put("beta2", beta2);
    parts.put("decay", decay);
    return Pick.all(
        parts,
        picked ->
            adamW(
                picked.get("rate", rate), picked.get("beta2", beta2), picked.get("decay", decay)));
  }

  private static Pick<Method> sgd() {
    Pick<Double> rate = Pick.logarithmic(1e-3, 3e-1, 6);
    Pick<Double> momentum = Pick.ordered(List.of(0.8, 0.9, 0.95, 0.99));
    Pick<Boolean> nesterov = Pick.among(List.of(false, true));
    Pick<Double> decay = Pick.logarithmic(1e-5, 1e-2, 4);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("rate", rate);
    parts.put("momentum", momentum);
    parts.put("nesterov", nesterov);
    parts.put("decay", decay);
    return Pick.all(
        parts,
        picked ->
            sgd(
                picked.get("rate", rate),
                picked.get("momentum", momentum),
                picked.get("nesterov", nesterov),
                picked.get("decay", decay)));
  }

  private static Pick<Integer> batch(List<Integer> sizes, int examples) {
    List<Integer> batches = sizes.stream().filter(n -> n <= examples).toList();
    return Pick.ordered(batches.isEmpty() ? List.of(examples) : batches);
  }

  /** Whether a training by the others can go on with these: all but the rate is the same. */
  public boolean differsInRateOnly(Hyperparameters others) {
    return rate != others.rate
        && equals(
            new Hyperparameters(others.optimizer, rate, others.batchSize, others.augmentation));
  }

  /** A recipe of these; what they do not decide stays. */
  public Recipe of(Recipe recipe) {
    return recipe
        .withBatchSize(batchSize)
        .with(optimizer, new Schedule.Cosine(rate, 0))
        .with(augmentation);
  }
}
