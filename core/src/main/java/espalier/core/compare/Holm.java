package espalier.core.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Several tests at once [Holm 1979]. */
public final class Holm {
  private Holm() {}

  /**
   * Probabilities such that rejecting what is below a level rejects nothing true, of all tests
   * together, but with that probability.
   */
  public static List<Double> adjusted(List<Double> probabilities) {
    int count = probabilities.size();
    List<Integer> order =
        IntStream.range(0, count).boxed().sorted(Comparator.comparing(probabilities::get)).toList();
    Double[] adjusted = new Double[count];
    double most = 0;
    for (int rank = 0; rank < count; rank++) {
      int test = order.get(rank);
      most = Math.max(most, Math.min(1, (count - rank) * probabilities.get(test)));
      adjusted[test] = most;
    }
    return List.of(adjusted);
  }
}
