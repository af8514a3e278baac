package espalier.core.catalog;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Pick;
import espalier.core.nn.Activation;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Dropout;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A multi-layer perceptron: hidden layers of linear map, normalisation, activation and dropout,
 * then a linear map to the output.
 *
 * @param widths of the hidden layers
 * @param normalised whether batches are normalised before the activation
 * @param residual whether a hidden layer as wide as the one before adds to it [He et al. 2016]
 * @param dropout probability that a hidden value is dropped
 */
public record Mlp(
    List<Integer> widths,
    Activation activation,
    boolean normalised,
    boolean residual,
    double dropout) {
  private static final int MOST_LAYERS = 4;

  public Mlp {
    widths = List.copyOf(widths);
  }

  /** Hidden layers of these widths with rectifiers, and nothing else. */
  public static Mlp plain(Integer... widths) {
    return new Mlp(List.of(widths), Activation.RELU, false, false, 0);
  }

  /**
   * All perceptrons of up to four equal layers of 8 to 256 units. One without a hidden layer is the
   * linear model, which few rows often ask for.
   */
  public static ComposedSpace<Mlp> space() {
    Pick<Integer> depth = Pick.range(0, MOST_LAYERS, 1);
    Pick<Integer> width = Pick.ordered(List.of(8, 16, 32, 64, 128, 256));
    Pick<Activation> activation = Pick.among(List.of(Activation.RELU, Activation.SWISH));
    Pick<Boolean> flag = Pick.among(List.of(false, true));
    Pick<Double> dropout = Pick.ordered(List.of(0.0, 0.1, 0.2, 0.4));
    SequencedMap<String, Pick<?>> parts = new LinkedHashMap<>();
    parts.put("depth", depth);
    parts.put("width", width);
    parts.put("activation", activation);
    parts.put("norm", flag);
    parts.put("residual", flag);
    parts.put("dropout", dropout);
    Pick<Mlp> all =
        Pick.all(
            parts,
            picked ->
                new Mlp(
                    Collections.nCopies(picked.get("depth", depth), picked.get("width", width)),
                    picked.get("activation", activation),
                    picked.get("norm", flag),
                    picked.get("residual", flag),
                    picked.get("dropout", dropout)));
    return new ComposedSpace<>("mlp", all, Mlp::network, mlp -> mlp.canonical().toString());
  }

  /** This perceptron without what changes nothing: two that are equal then are one function. */
  public Mlp canonical() {
    if (widths.isEmpty()) {
      return plain();
    }
    boolean adds = false;
    for (int i = 1; i < widths.size(); i++) {
      adds |= widths.get(i).equals(widths.get(i - 1));
    }
    return new Mlp(widths, activation, normalised, residual && adds, dropout);
  }

  /** The network with this many outputs, on rows [N, features]. */
  public Network network(int outputs) {
    return (scope, rows) -> Network.Outputs.of(build(scope, rows, outputs));
  }

  private Tensor build(Scope scope, Tensor rows, int outputs) {
    Tensor x = rows;
    for (int i = 0; i < widths.size(); i++) {
      Scope layer = scope.child("layers").child(Integer.toString(i));
      Tensor y = Linear.of(widths.get(i)).apply(layer.child("linear"), x);
      if (normalised) {
        y = BatchNorm.standard().apply(layer.child("norm"), y);
      }
      y = Dropout.elements(dropout).apply(layer, activation.apply(layer, y));
      boolean adds = residual && i > 0 && widths.get(i).equals(widths.get(i - 1));
      x = adds ? x.add(y) : y;
    }
    return Linear.of(outputs).apply(scope.child("output"), x);
  }
}
