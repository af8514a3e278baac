package espalier.bench.peers;

import espalier.bench.Samples;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Images and labels of a batch as tensors that stay. */
final class Batch implements AutoCloseable {
  private final Tensor images;
  private final Tensor labels;

  /** A batch of these images [N, H, W, C], laid out as the parameters' images are. */
  Batch(Parameters parameters, Samples samples, float[] images) {
    try (var _ = new PointerScope()) {
      this.images = parameters.images(images, samples.shape());
      this.images.retainReference();
      this.labels = torch.tensor(Arrays.stream(samples.labels()).asLongStream().toArray());
      this.labels.retainReference();
    }
  }

  Tensor images() {
    return images;
  }

  Tensor labels() {
    return labels;
  }

  @Override
  public void close() {
    images.releaseReference();
    labels.releaseReference();
  }
}
