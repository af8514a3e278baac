package espalier.bench.peers;

import espalier.bench.Assembly;
import espalier.core.nn.Parameter;
import espalier.core.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Our variables as libtorch's tensors, by our names and from the same initial values. Images and
 * gradients of images [N, H, W, C] become [N, C, H, W]; weights of convolutions [kh, kw, in, out]
 * become [out, in, kh, kw]; others stay as they are.
 */
final class Parameters implements AutoCloseable {
  private static final long[] IMAGES_IN = {0, 3, 1, 2};
  private static final long[] IMAGES_OUT = {0, 2, 3, 1};
  private static final long[] WEIGHTS_IN = {3, 2, 0, 1};
  private static final long[] WEIGHTS_OUT = {2, 3, 1, 0};

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, Parameter> declared = new LinkedHashMap<>();
  private final Layout layout;

  /** Tensors of {@code variables}; those that {@code differentiated} names have gradients. */
  Parameters(List<Parameter> variables, Layout layout, Predicate<Parameter> differentiated) {
    this.layout = layout;
    for (Parameter variable : variables) {
      declared.put(variable.name(), variable);
      try (var _ = new PointerScope()) {
        Tensor tensor = tensor(Assembly.initial(variable), variable.shape(), isWeight(variable));
        tensor.requires_grad_(differentiated.test(variable));
        tensor.retainReference();
        tensors.put(variable.name(), tensor);
      }
    }
  }

  private static boolean isWeight(Parameter variable) {
    return variable.trainable();
  }

  /** Images as libtorch wants them, in the innermost scope. */
  Tensor images(float[] values, Shape shape) {
    return tensor(values, shape, false);
  }

  private Tensor tensor(float[] values, Shape shape, boolean weight) {
    Tensor flat = torch.tensor(values);
    Tensor shaped = flat.reshape(extents(shape));
    return shape.rank() == 4
        ? shaped.permute(weight ? WEIGHTS_IN : IMAGES_IN).contiguous(layout.format()).detach()
        : shaped.contiguous().detach();
  }

  private static long[] extents(Shape shape) {
    long[] extents = new long[shape.rank()];
    for (int a = 0; a < extents.length; a++) {
      extents[a] = shape.get(a);
    }
    return extents;
  }

  /** Whether there is a variable of this name. */
  boolean has(String name) {
    return tensors.containsKey(name);
  }

  /** The tensor of a variable. */
  Tensor get(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** Tensors of variables, in the innermost scope. */
  TensorVector vector(Predicate<Parameter> wanted) {
    return new TensorVector(
        declared.values().stream()
            .filter(wanted)
            .map(variable -> get(variable.name()))
            .toArray(Tensor[]::new));
  }

  /** Forgets all gradients, as {@code zero_grad(set_to_none=True)} does. */
  void clearGradients() {
    try (var _ = new PointerScope()) {
      Tensor none = new Tensor();
      for (Tensor tensor : tensors.values()) {
        if (tensor.requires_grad()) {
          tensor.mutable_grad().put(none);
        }
      }
    }
  }

  /** A variable's values in our order. */
  float[] values(String name) {
    return values(get(name), isWeight(Objects.requireNonNull(declared.get(name), name)));
  }

  /** The gradient of a variable in our order. */
  float[] gradient(String name) {
    return values(get(name).grad(), isWeight(Objects.requireNonNull(declared.get(name), name)));
  }

  /** Values of an image or a weight in our order. */
  static float[] values(Tensor tensor, boolean weight) {
    try (var _ = new PointerScope()) {
      Tensor ours = tensor.detach();
      if (tensor.dim() == 4) {
        ours = ours.permute(weight ? WEIGHTS_OUT : IMAGES_OUT);
      }
      float[] values = new float[(int) tensor.numel()];
      new FloatPointer(ours.contiguous().data_ptr()).get(values);
      return values;
    }
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::releaseReference);
    tensors.clear();
  }
}
