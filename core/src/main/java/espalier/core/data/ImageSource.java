package espalier.core.data;

import espalier.core.io.ImageSpec;
import java.util.List;

/**
 * Labelled images of one size that can be read by number. {@link Dataset} holds them in memory; an
 * implementation that reads or makes each image when it is asked for streams data of any size.
 *
 * <p>An implementation always answers the same for the same number, and many threads may ask at
 * once.
 */
public interface ImageSource {

  ImageSpec image();

  /** How many images there are. */
  int size();

  /** The names of the classes; a label is a position in this list. */
  List<String> classNames();

  int label(int index);

  /** Writes image {@code index} to {@code target[offset …]} as {@code [H, W, C]}. */
  void read(int index, float[] target, int offset);

  /**
   * SHA-256 in hexadecimal over everything a result can depend on: size, class names, labels and
   * image values. {@link ContentHash#of} computes it for any source.
   */
  String contentHash();
}
