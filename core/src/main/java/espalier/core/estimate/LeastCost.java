package espalier.core.estimate;

import espalier.core.space.Neighbourly;
import java.util.function.ToLongFunction;

/**
 * The architecture of a space that costs least, where a cost is a sum over decisions that do not
 * depend on each other, as parameters and multiply-accumulates of cells are: then the one that no
 * single change makes cheaper.
 */
public final class LeastCost {
  private LeastCost() {}

  /** The least cost, found from any architecture. */
  public static <A> long of(Neighbourly<A> space, A start, ToLongFunction<A> cost) {
    A cheapest = start;
    long least = cost.applyAsLong(start);
    boolean improved = true;
    while (improved) {
      improved = false;
      for (A neighbour : space.neighbours(cheapest)) {
        long other = cost.applyAsLong(neighbour);
        if (other < least) {
          least = other;
          cheapest = neighbour;
          improved = true;
          break;
        }
      }
    }
    return least;
  }
}
