package espalier.core.analysis;

import espalier.core.space.Enumerable;
import espalier.core.space.Neighbourly;
import java.util.stream.IntStream;

/**
 * A function on a numbered space with neighbourhoods.
 *
 * @param space whose neighbourhoods are the landscape's
 * @param heights of its architectures, by number
 */
public record Landscape<A, S extends Enumerable<A> & Neighbourly<A>>(S space, double[] heights) {
  public Landscape {
    if (heights.length != space.count()) {
      throw new IllegalArgumentException(
          "landscape: %d heights for %d architectures".formatted(heights.length, space.count()));
    }
  }

  /** The numbers of the architectures that are higher than all their neighbours, ascending. */
  public int[] peaks() {
    return IntStream.range(0, heights.length).filter(this::isPeak).toArray();
  }

  private boolean isPeak(int index) {
    return space.neighbours(space.at(index)).stream()
        .allMatch(neighbour -> heights[space.indexOf(neighbour)] < heights[index]);
  }
}
