package espalier.core.morph;

import espalier.core.morph.GrowingNetwork.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A change of an architecture and of its weights that leaves the function of the network in
 * inference as it is. Weights are values by name of variable, running statistics included; what is
 * given is never written to.
 */
public sealed interface Morphism {

  /** The architecture after the change. */
  GrowingNetwork apply(GrowingNetwork network);

  /**
   * The weights of the architecture after the change.
   *
   * @param network the architecture before it
   * @param weights its weights, which may have others beside them
   */
  Map<String, double[]> inherit(
      GrowingNetwork network, Map<String, double[]> weights, Division division);

  /**
   * A layer of twice the width [Net2WiderNet]: every unit is there twice, and what reads it divides
   * its weights between the two.
   */
  record Widen(int layer) implements Morphism {
    @Override
    public GrowingNetwork apply(GrowingNetwork network) {
      Layer old = Layers.at(network, layer);
      return network.with(
          layer,
          new Layer(Math.multiplyExact(2, old.width()), old.kernel(), old.skips(), old.pooled()));
    }

    @Override
    public Map<String, double[]> inherit(
        GrowingNetwork network, Map<String, double[]> weights, Division division) {
      Layer old = Layers.at(network, layer);
      Map<String, double[]> after = Layers.all(network, weights);
      for (String suffix : GrowingNetwork.OWN) {
        after.computeIfPresent(
            GrowingNetwork.variable(layer, suffix), (_, v) -> Layers.twice(v, old.width()));
      }
      for (int source : old.skips()) {
        after.computeIfPresent(
            GrowingNetwork.skipVariable(source, layer), (_, v) -> Layers.twice(v, old.width()));
      }
      Layers.readers(network, layer, weights)
          .forEach((name, outputs) ->
              after.computeIfPresent(
                  name, (_, v) -> Layers.divided(v, old.width(), outputs, division.shares(name))));
      return after;
    }
  }

  /**
   * Another layer after one [Net2DeeperNet]: as wide, its filters the identity, which a rectifier
   * leaves as it is because its input is never negative. The layer it follows hands its pooling on
   * to it.
   *
   * <p>Its normalisation takes away what it gives back: the mean and the deviation that its input
   * has if the layer before yields normal numbers with the mean and deviation its normalisation
   * gives them, rectified. In inference any numbers would do; with these the function is nearly the
   * same in training, too, where the batch's own statistics are taken away.
   *
   * @param kernel extent of its filters
   */
  record Deepen(int layer, int kernel) implements Morphism {
    @Override
    public GrowingNetwork apply(GrowingNetwork network) {
      Layer old = Layers.at(network, layer);
      List<Layer> layers = new ArrayList<>(network.layers().subList(0, layer));
      layers.add(new Layer(old.width(), old.kernel(), old.skips(), false));
      layers.add(new Layer(old.width(), kernel, List.of(), old.pooled()));
      for (Layer later : network.layers().subList(layer + 1, network.layers().size())) {
        List<Integer> skips = later.skips().stream().map(this::moved).toList();
        layers.add(new Layer(later.width(), later.kernel(), skips, later.pooled()));
      }
      return new GrowingNetwork(layers);
    }

    /** What was read from the layer is read from the new one. */
    private int moved(int source) {
      return source < layer ? source : source + 1;
    }

    @Override
    public Map<String, double[]> inherit(
        GrowingNetwork network, Map<String, double[]> weights, Division division) {
      Layer old = Layers.at(network, layer);
      Map<String, double[]> after = new LinkedHashMap<>();
      for (int i = 0; i < network.layers().size(); i++) {
        int to = i > layer ? i + 1 : i;
        for (String suffix : GrowingNetwork.OWN) {
          after.put(
              GrowingNetwork.variable(to, suffix),
              Layers.get(weights, GrowingNetwork.variable(i, suffix)));
        }
        for (int source : network.layers().get(i).skips()) {
          after.put(
              GrowingNetwork.skipVariable(moved(source), to),
              Layers.get(weights, GrowingNetwork.skipVariable(source, i)));
        }
        if (i == layer) {
          after.putAll(identity(old.width(), weights));
        }
      }
      Layers.putClassifier(after, weights);
      return after;
    }

    private Map<String, double[]> identity(int width, Map<String, double[]> weights) {
      double[] filters = new double[kernel * kernel * width * width];
      int centre = kernel * kernel / 2 * width * width;
      for (int c = 0; c < width; c++) {
        filters[centre + c * width + c] = 1;
      }
      Map<String, double[]> own = new LinkedHashMap<>();
      own.put(GrowingNetwork.variable(layer + 1, GrowingNetwork.CONV), filters);
      RectifiedNormal.normalisation(
              Layers.get(weights, GrowingNetwork.variable(layer, GrowingNetwork.NORM_BIAS)),
              Layers.get(weights, GrowingNetwork.variable(layer, GrowingNetwork.NORM_WEIGHT)))
          .forEach((suffix, values) -> own.put(GrowingNetwork.variable(layer + 1, suffix), values));
      return own;
    }
  }

  /** A skip connection, whose weights are zero. */
  record AddSkip(int from, int to) implements Morphism {
    @Override
    public GrowingNetwork apply(GrowingNetwork network) {
      Layer old = Layers.at(network, to);
      TreeSet<Integer> skips = new TreeSet<>(old.skips());
      if (!skips.add(from)) {
        throw new IllegalArgumentException(
            "skip from %d to %d: is there, expected a network without it".formatted(from, to));
      }
      return network.with(
          to, new Layer(old.width(), old.kernel(), List.copyOf(skips), old.pooled()));
    }

    @Override
    public Map<String, double[]> inherit(
        GrowingNetwork network, Map<String, double[]> weights, Division division) {
      Map<String, double[]> after = Layers.all(network, weights);
      int size = Layers.at(network, from).width() * Layers.at(network, to).width();
      after.put(GrowingNetwork.skipVariable(from, to), new double[size]);
      return after;
    }
  }
}
