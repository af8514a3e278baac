package espalier.morph;

import espalier.core.morph.GrowingNetwork;
import espalier.core.morph.GrowingSpace;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import java.util.List;
import java.util.Optional;

/**
 * A made-up quality of growing networks: best are those whose widths, depths and skips are as
 * planted, and each that is off costs. Nothing is trained, so a way up to them is all there is.
 */
final class PlantedNetworks implements Estimator<GrowingNetwork> {
  static final GrowingSpace SPACE = new GrowingSpace(3, 4, 4, List.of(1, 3, 5), 12);
  static final Objective QUALITY = Objective.maximise("quality");
  static final Objective LAYERS = Objective.minimise("layers");

  private static final List<Integer> DEPTHS = List.of(2, 3, 4);
  private static final int WIDTH = 4;

  static double quality(GrowingNetwork network) {
    double quality = 100;
    int stage = 0;
    int depth = 0;
    for (GrowingNetwork.Layer layer : network.layers()) {
      depth++;
      int doublings = Integer.numberOfTrailingZeros(layer.width() / WIDTH);
      quality -= 2 * Math.abs(doublings - (stage + 1));
      quality -= layer.kernel() == 3 ? 0 : 1;
      quality -= Math.abs(layer.skips().size() - Math.min(1, depth - 1));
      if (layer.pooled()) {
        quality -= 4 * Math.abs(depth - DEPTHS.get(stage));
        stage++;
        depth = 0;
      }
    }
    return quality - 4 * Math.abs(depth - DEPTHS.get(stage));
  }

  @Override
  public Outcome estimate(Trial<GrowingNetwork> trial) {
    return new Outcome.Measured(Metrics.of(QUALITY.metric(), quality(trial.candidate())));
  }

  @Override
  public Metrics known(GrowingNetwork candidate) {
    return Metrics.of(LAYERS.metric(), candidate.layers().size());
  }

  @Override
  public Optional<Range> range(String metric) {
    return metric.equals(LAYERS.metric())
        ? Optional.of(new Range(SPACE.stages(), SPACE.mostLayers()))
        : Optional.empty();
  }
}
