package espalier.core.nn;

import espalier.core.io.ImageSpec;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.DType;

/**
 * What is fed to a graph for each example: an image, a row of a table, a class.
 *
 * @param name of the feed
 * @param type of its values
 * @param example shape of one example; a batch of N is {@code [N, …example]}
 */
public record FeedSpec(String name, DType type, Shape example) {
  /** The name of the feed of images. */
  public static final String IMAGES = "images";

  /** The name of the feed of rows of a table. */
  public static final String ROWS = "rows";

  /** Rows of a table, encoded as this many values. */
  public static FeedSpec rows(int width) {
    return new FeedSpec(ROWS, DType.F32, Shape.of(width));
  }

  /** Images [H, W, C], normalised. */
  public static FeedSpec images(ImageSpec image) {
    Shape example = Shape.of(image.height(), image.width(), image.channels());
    return new FeedSpec(IMAGES, DType.F32, example);
  }

  /** The shape of a batch. */
  public Shape batch(int rows) {
    int[] extents = new int[example.rank() + 1];
    extents[0] = rows;
    for (int axis = 0; axis < example.rank(); axis++) {
      extents[axis + 1] = example.get(axis);
    }
    return Shape.of(extents);
  }

  /** The feed of a batch in a graph. */
  public Tensor feed(Graph graph, int rows) {
    return graph.feed(name, type, batch(rows));
  }
}
