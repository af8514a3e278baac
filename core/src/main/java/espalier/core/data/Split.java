package espalier.core.data;

import espalier.core.io.ImageSpec;
import java.util.List;

/**
 * A part of a task's images. What a part may be used for is its type: {@link TrainSplit} and {@link
 * ValidSplit} may be learnt from, {@link TestSplit} only measured on. Only {@link Splits} makes
 * them.
 */
public sealed interface Split permits SearchSplit, TestSplit {

  /** Where the images come from. */
  ImageSource source();

  /** How many images this part holds. */
  int size();

  /** The number, in the source, of the image at a position of this part. */
  int index(int position);

  default ImageSpec image() {
    return source().image();
  }

  default List<String> classNames() {
    return source().classNames();
  }

  default int label(int position) {
    return source().label(index(position));
  }

  /** Writes the image at a position to {@code target[offset …]} as {@code [H, W, C]}. */
  default void read(int position, float[] target, int offset) {
    source().read(index(position), target, offset);
  }
}
