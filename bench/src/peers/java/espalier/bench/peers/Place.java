package espalier.bench.peers;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A place in a network: it computes layers whose parameters have the names that ours have in the
 * scope of the same path.
 */
record Place(Parameters parameters, String path, boolean training) {
  private static final double MOMENTUM = 0.1;
  private static final double EPSILON = 1e-5;

  /** The place {@code name} within this one. */
  Place child(String name) {
    return new Place(parameters, path.isEmpty() ? name : path + "." + name, training);
  }

  Tensor get(String name) {
    return parameters.get(child(name).path);
  }

  private TensorOptional optional(String name) {
    return parameters.has(child(name).path) ? new TensorOptional(get(name)) : new TensorOptional();
  }

  /** Convolution without bias; the padding keeps the extent where the stride is 1. */
  Tensor conv(Tensor x, long stride, long dilation) {
    Tensor weight = get("weight");
    long padding = dilation * (weight.size(2) - 1) / 2;
    return torch.conv2d(
        x,
        weight,
        new TensorOptional(),
        both(stride),
        both(padding),
        both(dilation),
        x.size(1) / weight.size(1));
  }

  /** Batch normalisation, with scale and shift where there are parameters for them. */
  Tensor norm(Tensor x) {
    return torch.batch_norm(
        x,
        optional("weight"),
        optional("bias"),
        optional("running_mean"),
        optional("running_var"),
        training,
        MOMENTUM,
        EPSILON,
        false);
  }

  /** Convolution in {@code conv}, normalisation in {@code norm}. */
  Tensor convNorm(Tensor x, long stride) {
    return child("norm").norm(child("conv").conv(x, stride, 1));
  }

  /** Rectifier first. */
  Tensor reluConvNorm(Tensor x, long stride) {
    return convNorm(torch.relu(x), stride);
  }

  /** Mean over the image, then a linear map. */
  Tensor classify(Tensor x) {
    Tensor features = torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, -1);
    return torch.addmm(get("bias"), features, get("weight"));
  }

  static Tensor maxPool(Tensor x, long stride) {
    return torch.max_pool2d(x, both(3), both(stride), both(1), both(1), false);
  }

  static Tensor averagePool(Tensor x, long stride) {
    return torch.avg_pool2d(x, both(3), both(stride), both(1), false, false, new LongOptional());
  }

  /** Tensors one after another along the channels. */
  static Tensor concat(Tensor... parts) {
    return torch.cat(new TensorVector(parts), 1);
  }

  static long[] both(long extent) {
    return new long[] {extent, extent};
  }
}
