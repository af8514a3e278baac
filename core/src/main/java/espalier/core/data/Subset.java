package espalier.core.data;

import java.util.Arrays;

/** Chosen images of a source, in an order of their own. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Subset(ImageSource source, int[] indices) {

  static Subset all(ImageSource source) {
    var indices = new int[source.size()];
    Arrays.setAll(indices, i -> i);
    return new Subset(source, indices);
  }

  Subset first(int count) {
    if (count < 1 || count > indices.length) {
      throw new IllegalArgumentException(
          "cannot take %d images of a split that has %d".formatted(count, indices.length));
    }
    return range(0, count);
  }

  Subset range(int from, int to) {
    return new Subset(source, Arrays.copyOfRange(indices, from, to));
  }
}
