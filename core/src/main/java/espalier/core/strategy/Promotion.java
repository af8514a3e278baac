package espalier.core.strategy;

import espalier.core.search.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Who of a race goes on first. With one objective, the best. With several, whom nobody dominates,
 * then whom only those dominate, and so on; within a front, whoever is best in the first objective
 * and then always whoever lies farthest from those before [Schmucker, Donini, Zafar, Salinas,
 * Archambeau 2021; Salinas, Perrone, Cruchant, Archambeau 2021]. Equal ones go in the order of
 * their numbers.
 */
final class Promotion {
  private Promotion() {}

  /**
   * A candidate in a race.
   *
   * @param scores larger is better, one for each objective
   */
  record Runner<A>(Trial<A> trial, double[] scores) {}

  /** All of them, the first to go on first. */
  static <A> List<Runner<A>> order(List<Runner<A>> runners) {
    List<Runner<A>> byFirst = new ArrayList<>(runners);
    byFirst.sort(
        Comparator.<Runner<A>>comparingDouble(runner -> -runner.scores()[0])
            .thenComparingLong(runner -> runner.trial().number()));
    if (byFirst.isEmpty() || byFirst.getFirst().scores().length == 1) {
      return byFirst;
    }
    List<Runner<A>> order = new ArrayList<>();
    Fronts.peeled(byFirst, Runner::scores, byFirst.size())
        .forEach(front -> order.addAll(spread(front)));
    return order;
  }

  /** A front so ordered that any beginning of it lies spread over it; its first stays the first. */
  private static <A> List<Runner<A>> spread(List<Runner<A>> front) {
    List<double[]> points = scaled(front.stream().map(Runner::scores).toList());
    double[] away = new double[points.size()];
    Arrays.fill(away, Double.POSITIVE_INFINITY);
    boolean[] isTaken = new boolean[away.length];
    List<Runner<A>> order = new ArrayList<>();
    while (order.size() < away.length) {
      int next = farthest(away, isTaken);
      isTaken[next] = true;
      order.add(front.get(next));
      for (int i = 0; i < away.length; i++) {
        away[i] = Math.min(away[i], squaredDistance(points.get(i), points.get(next)));
      }
    }
    return order;
  }

  /** The first of those farthest away among those that are not taken; somebody is not. */
  private static int farthest(double[] away, boolean[] isTaken) {
    int farthest = -1;
    for (int i = 0; i < away.length; i++) {
      if (!isTaken[i] && (farthest < 0 || away[i] > away[farthest])) {
        farthest = i;
      }
    }
    return farthest;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int objective = 0; objective < a.length; objective++) {
      sum += (a[objective] - b[objective]) * (a[objective] - b[objective]);
    }
    return sum;
  }

  /** The points with each objective in parts of its range. */
  private static List<double[]> scaled(List<double[]> points) {
    double[] ranges = new double[points.getFirst().length];
    for (int objective = 0; objective < ranges.length; objective++) {
      int by = objective;
      double least = points.stream().mapToDouble(point -> point[by]).min().orElseThrow();
      double most = points.stream().mapToDouble(point -> point[by]).max().orElseThrow();
      ranges[by] = most > least ? most - least : 1;
    }
    return points.stream()
        .map(point -> IntStream.range(0, ranges.length).mapToDouble(i -> point[i] / ranges[i]))
        .map(DoubleStream::toArray)
        .toList();
  }
}
