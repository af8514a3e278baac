package espalier.bench.peers;

import espalier.bench.Assembly;
import espalier.bench.Backpropagation;
import espalier.bench.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/** Forward and backward of anything, for a given gradient of its output. */
final class BackpropagationPeer implements Job {
  private final List<String> names;
  private final Parameters parameters;
  private final Function<Place, Tensor> forward;

  /** The peer of {@code assembly}, whose answers name what has a gradient. */
  BackpropagationPeer(Assembly assembly, Layout layout, Function<Place, Tensor> forward) {
    this.names = assembly.phases().getFirst().answers();
    this.forward = forward;
    this.parameters =
        new Parameters(
            assembly.variables(),
            layout,
            variable -> names.contains(Backpropagation.GRADIENT + variable.name()));
  }

  @Override
  public void run() {
    try (var _ = new PointerScope()) {
      compute();
    }
  }

  private Tensor compute() {
    parameters.clearGradients();
    Tensor y = Scopes.only(() -> forward.apply(new Place(parameters, "", true)));
    y.backward(
        parameters.get(Backpropagation.DY),
        new BoolOptional(),
        false,
        new TensorArrayRefOptional());
    return y;
  }

  @Override
  public Map<String, float[]> answers() {
    Map<String, float[]> answers = new LinkedHashMap<>();
    try (var _ = new PointerScope()) {
      answers.put(Backpropagation.Y, Parameters.values(compute(), false));
    }
    for (String name : names.subList(1, names.size())) {
      String variable = name.substring(Backpropagation.GRADIENT.length());
      answers.put(name, parameters.gradient(variable));
    }
    return answers;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
