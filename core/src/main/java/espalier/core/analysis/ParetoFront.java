package espalier.core.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The points that no other point dominates; every objective is maximised, so one to be minimised is
 * given negated. Of equal points the first stands for all.
 */
public final class ParetoFront {
  private ParetoFront() {}

  /** Whether {@code a} is at least as good as {@code b} in everything and better in something. */
  public static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] < b[i]) {
        return false;
      }
      better |= a[i] > b[i];
    }
    return better;
  }

  /** The places of the points on the front, from the largest first objective to the smallest. */
  public static List<Integer> of(List<double[]> points) {
    requireEqualLengths(points);
    // In descending order a point can only be dominated by one before it.
    List<Integer> order =
        IntStream.range(0, points.size())
            .boxed()
            .sorted(Comparator.comparing(points::get, ParetoFront::descending))
            .toList();
    List<Integer> front = new ArrayList<>();
    for (int candidate : order) {
      double[] point = points.get(candidate);
      if (front.stream().noneMatch(member -> covers(points.get(member), point))) {
        front.add(candidate);
      }
    }
    return front;
  }

  private static int descending(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      int order = Double.compare(b[i], a[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static boolean covers(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] < b[i]) {
        return false;
      }
    }
    return true;
  }

  static void requireEqualLengths(List<double[]> points) {
    for (double[] point : points) {
      if (point.length != points.getFirst().length) {
        throw new IllegalArgumentException(
            "Pareto front: points of %d and of %d objectives, expected as many of all"
                .formatted(points.getFirst().length, point.length));
      }
    }
  }
}
