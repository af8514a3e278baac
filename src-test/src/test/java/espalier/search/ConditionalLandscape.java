package espalier.search;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Pick;
import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Made-up accuracies where most choices are asked for only after others: a body is a few
 * convolutions, each with choices of its own, or attention, or pooling. The best, worth 100, has
 * attention, as have few of all; the best with convolutions is worth 70.
 */
final class ConditionalLandscape implements Estimator<Decision> {
  static final Objective ACCURACY = Objective.maximise("accuracy");
  static final Objective SIZE = Objective.minimise("size");

  /** What computes. */
  sealed interface Body {}

  /** Any number of convolutions. */
  record Convolutions(List<Convolution> layers) implements Body {}

  /**
   * A convolution.
   *
   * @param groups there are any
   */
  record Convolution(int kernel, int width, Optional<Integer> groups) {}

  /**
   * Attention.
   *
   * @param norm where there is one
   */
  record Attention(int heads, int expansion, Optional<String> norm) implements Body {}

  /** Pooling. */
  record Pooling(String kind) implements Body {}

  /** A body, and what is decided beside each. */
  record Plan(Body body, int rate) {}

  static final ComposedSpace<Plan> SPACE = space();

  private static ComposedSpace<Plan> space() {
    SequencedMap<String, Pick<Body>> bodies = new LinkedHashMap<>();
    bodies.put("pool", Pick.among(List.of("max", "mean")).map(Pooling::new));
    bodies.put("attention", attention());
    bodies.put("convolve", convolution().several(1, 3).map(Convolutions::new));
    Pick<Body> body = Pick.oneOf(bodies);
    Pick<Integer> rate = Pick.range(0, 3, 1);
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("body", body);
    parts.put("rate", rate);
    return new ComposedSpace<>(
        "conditional",
        Pick.all(parts, picked -> new Plan(picked.get("body", body), picked.get("rate", rate))),
        (_, _) -> Network.of(Layer.identity()));
  }

  private static Pick<Body> attention() {
    Pick<Integer> heads = Pick.ordered(List.of(1, 2, 4, 8));
    Pick<Integer> expansion = Pick.range(1, 4, 1);
    Pick<Optional<String>> norm = Pick.among(List.of("before", "after")).optional();
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("heads", heads);
    parts.put("expansion", expansion);
    parts.put("norm", norm);
    return Pick.all(
        parts,
        picked ->
            new Attention(
                picked.get("heads", heads),
                picked.get("expansion", expansion),
                picked.get("norm", norm)));
  }

  private static Pick<Convolution> convolution() {
    Pick<Integer> kernel = Pick.ordered(List.of(3, 5, 7));
    Pick<Integer> width = Pick.ordered(List.of(8, 16, 32));
    Pick<Optional<Integer>> groups = Pick.among(List.of(2, 4)).optional();
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("kernel", kernel);
    parts.put("width", width);
    parts.put("groups", groups);
    return Pick.all(
        parts,
        picked ->
            new Convolution(
                picked.get("kernel", kernel),
                picked.get("width", width),
                picked.get("groups", groups)));
  }

  static double accuracy(Decision decision) {
    Plan plan = SPACE.value(decision);
    double body =
        switch (plan.body()) {
          case Pooling pooling -> pooling.kind().equals("mean") ? 10 : 0;
          case Attention attention ->
              20
                  + 2 * attention.heads()
                  + 6 * attention.expansion()
                  + attention.norm().map(norm -> norm.equals("before") ? 30 : 15).orElse(0);
          case Convolutions(var layers) ->
              layers.stream().mapToDouble(ConditionalLandscape::worth).sum();
        };
    return body + 10 - 3 * Math.abs(plan.rate() - 2);
  }

  /** At most 20. */
  private static double worth(Convolution layer) {
    double kernel = layer.kernel() == 5 ? 8 : 0;
    double width = layer.width() == 16 ? 8 : 0;
    return kernel + width + layer.groups().map(groups -> groups == 4 ? 4 : 0).orElse(2);
  }

  /** How many convolutions there are. */
  static double size(Decision decision) {
    return SPACE.value(decision).body() instanceof Convolutions(var layers) ? layers.size() : 0;
  }

  @Override
  public Outcome estimate(Trial<Decision> trial) {
    Decision decision = trial.candidate();
    return new Outcome.Measured(
        Metrics.of(List.of("accuracy", "size"), accuracy(decision), size(decision)));
  }

  @Override
  public Metrics known(Decision candidate) {
    return Metrics.of("size", size(candidate));
  }

  @Override
  public Optional<Range> range(String metric) {
    return metric.equals("size") ? Optional.of(new Range(0, 3)) : Optional.empty();
  }

  /** More for what has more convolutions, so that trials end in another order than they began. */
  @Override
  public long cost(Trial<Decision> trial) {
    return 1 + (long) size(trial.candidate());
  }
}
