package espalier.data;

import espalier.core.data.ContentHash;
import espalier.core.data.Dataset;
import espalier.core.data.ImageSource;
import espalier.core.io.ImageSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images made when they are read: each value tells the image's number and its own place, so a test
 * can recognise both.
 */
record CountedImages(ImageSpec image, int size, List<String> classNames) implements ImageSource {

  static CountedImages of(int size, int classes) {
    return new CountedImages(
        new ImageSpec(4, 3, 2),
        size,
        IntStream.range(0, classes).mapToObj(i -> "class " + i).toList());
  }

  @Override
  public int label(int index) {
    return index % classNames.size();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    for (int i = 0; i < image.values(); i++) {
      target[offset + i] = value(index, i);
    }
  }

  /** Positive, exact in a float, and of one image and place only. */
  float value(int index, int place) {
    return 1 + index * image.values() + place;
  }

  /** Which image a value comes from. */
  int imageOf(float value) {
    return (int) (value - 1) / image.values();
  }

  @Override
  public String contentHash() {
    return ContentHash.of(this);
  }

  /** The same images in memory. */
  Dataset inMemory() {
    var values = new float[size * image.values()];
    for (int i = 0; i < size; i++) {
      read(i, values, i * image.values());
    }
    return Dataset.of(
        image, values, IntStream.range(0, size).map(this::label).toArray(), classNames);
  }
}
