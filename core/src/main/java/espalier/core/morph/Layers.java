package espalier.core.morph;

import espalier.core.morph.GrowingNetwork.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/** The weights of a growing network, layer by layer: [kh, kw, in, out], [in, out] or [out]. */
final class Layers {
  private Layers() {}

  static Layer at(GrowingNetwork network, int layer) {
    if (layer < 0 || layer >= network.layers().size()) {
      throw new IllegalArgumentException(
          "morphism: layer %d of %d, expected one that is there"
              .formatted(layer, network.layers().size()));
    }
    return network.layers().get(layer);
  }

  static double[] get(Map<String, double[]> weights, String name) {
    double[] values = weights.get(name);
    if (values == null) {
      throw new IllegalArgumentException(
          "morphism: no weights of variable '%s', expected all of the network's".formatted(name));
    }
    return values;
  }

  /** The weights of a network without whatever is beside them. */
  static Map<String, double[]> all(GrowingNetwork network, Map<String, double[]> weights) {
    Map<String, double[]> own = new LinkedHashMap<>();
    for (int i = 0; i < network.layers().size(); i++) {
      for (String suffix : GrowingNetwork.OWN) {
        String name = GrowingNetwork.variable(i, suffix);
        own.put(name, get(weights, name));
      }
      for (int source : network.layers().get(i).skips()) {
        String name = GrowingNetwork.skipVariable(source, i);
        own.put(name, get(weights, name));
      }
    }
    putClassifier(own, weights);
    return own;
  }

  static void putClassifier(Map<String, double[]> to, Map<String, double[]> weights) {
    for (String name : List.of(GrowingNetwork.CLASSIFIER_WEIGHT, GrowingNetwork.CLASSIFIER_BIAS)) {
      to.put(name, get(weights, name));
    }
  }

  /** The variables that read a layer's output, and how many outputs each has. */
  static Map<String, Integer> readers(
      GrowingNetwork network, int layer, Map<String, double[]> weights) {
    Map<String, Integer> readers = new LinkedHashMap<>();
    List<Layer> layers = network.layers();
    if (layer + 1 == layers.size()) {
      int classes = get(weights, GrowingNetwork.CLASSIFIER_BIAS).length;
      readers.put(GrowingNetwork.CLASSIFIER_WEIGHT, classes);
    } else {
      readers.put(
          GrowingNetwork.variable(layer + 1, GrowingNetwork.CONV), layers.get(layer + 1).width());
    }
    for (int i = layer + 1; i < layers.size(); i++) {
      if (layers.get(i).skips().contains(layer)) {
        readers.put(GrowingNetwork.skipVariable(layer, i), layers.get(i).width());
      }
    }
    return readers;
  }

  /** [..., out] with all outputs twice, the copies behind. */
  static double[] twice(double[] values, int outputs) {
    double[] wide = new double[2 * values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i / (2 * outputs) * outputs + i % outputs];
    }
    return wide;
  }

  /** [..., in, out] for inputs that are there twice. */
  static double[] divided(double[] values, int inputs, int outputs, IntToDoubleFunction shares) {
    double[] wide = new double[2 * values.length];
    int matrix = inputs * outputs;
    for (int i = 0; i < values.length; i++) {
      int place = i / matrix * 2 * matrix + i % matrix;
      wide[place] = values[i] * shares.applyAsDouble(i);
      wide[place + matrix] = values[i] - wide[place];
    }
    return wide;
  }
}
