package espalier.core.nn;

import espalier.core.tensor.Tensor;
import java.util.List;

/** Layers one after another; the variables of layer {@code i} are in the child scope {@code i}. */
public record Sequence(List<Layer> layers) implements Layer {
  public Sequence {
    layers = List.copyOf(layers);
  }

  @Override
  public Tensor apply(Scope scope, Tensor x) {
    Tensor y = x;
    for (int i = 0; i < layers.size(); i++) {
      y = layers.get(i).apply(scope.child(Integer.toString(i)), y);
    }
    return y;
  }
}
