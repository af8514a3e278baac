package espalier.core.morph;

import espalier.core.search.Inheritance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Morphisms of a network, one after the other. */
public record Growth(GrowingNetwork from, List<Morphism> steps, Division division)
    implements Inheritance {
  public Growth {
    steps = List.copyOf(steps);
  }

  /** What the network becomes. */
  public GrowingNetwork to() {
    GrowingNetwork network = from;
    for (Morphism step : steps) {
      network = step.apply(network);
    }
    return network;
  }

  /** What its weights become: those of {@link #from}, which may have others beside them. */
  public Map<String, double[]> weights(Map<String, double[]> before) {
    Map<String, double[]> weights = Layers.all(from, before);
    GrowingNetwork network = from;
    for (int i = 0; i < steps.size(); i++) {
      weights = steps.get(i).inherit(network, weights, division.at(i));
      network = steps.get(i).apply(network);
    }
    return weights;
  }

  @Override
  public Map<String, float[]> inherit(Map<String, float[]> parent) {
    Map<String, double[]> exact = new LinkedHashMap<>();
    parent.forEach((name, values) -> exact.put(name, doubles(values)));
    Map<String, float[]> rounded = new LinkedHashMap<>();
    weights(exact).forEach((name, values) -> rounded.put(name, floats(values)));
    return rounded;
  }

  private static double[] doubles(float[] values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < exact.length; i++) {
      exact[i] = values[i];
    }
    return exact;
  }

  private static float[] floats(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
