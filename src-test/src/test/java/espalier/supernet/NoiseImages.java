package espalier.supernet;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.ImageSpec;
import espalier.core.random.Philox;
import java.util.List;

/** Images of noise with labels in turn: for tests of what a search does, not of what it learns. */
final class NoiseImages {
  static final ImageSpec IMAGE = new ImageSpec(8, 8, 1);

  private NoiseImages() {}

  /** As many images to learn from as to compare on, of three classes. */
  static Splits splits(int images) {
    return splits(IMAGE, images);
  }

  /** The same of another shape. */
  static Splits splits(ImageSpec image, int images) {
    float[] pixels = new float[2 * images * image.values()];
    Philox.of(17, "noise images").normals(0, pixels, 0, pixels.length);
    int[] labels = new int[2 * images];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 3;
    }
    Dataset dataset = Dataset.of(image, pixels, labels, List.of("a", "b", "c"));
    return Splits.byCount(dataset, images, images, Splits.Sampling.SHUFFLED, 3);
  }
}
