package espalier.core.strategy;

import espalier.core.analysis.Hypervolume;
import espalier.core.search.Objectives;
import espalier.core.search.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Who of a race goes on first. With one objective, the best. With several, whom nobody dominates,
 * then whom only those dominate, and so on; within a front, who adds most to the volume that the
 * front dominates [Schmucker, Donini, Zafar, Salinas, Archambeau 2021 race by such fronts; the
 * volume breaks ties as in SMS-EMOA, Beume, Naujoks, Emmerich 2007]. Equal ones go in the order of
 * their numbers.
 */
final class Promotion {
  /**
   * How far below the worst the reference point lies, in parts of the range: ends add something.
   */
  private static final double MARGIN = 0.1;

  private Promotion() {}

  /**
   * A candidate in a race.
   *
   * @param scores larger is better, one for each objective
   */
  record Runner<A>(Trial<A> trial, double[] scores) {}

  /** All of them, the first to go on first. */
  static <A> List<Runner<A>> order(List<Runner<A>> runners) {
    List<Runner<A>> left = new ArrayList<>(runners);
    left.sort(
        Comparator.<Runner<A>>comparingDouble(runner -> -runner.scores()[0])
            .thenComparingLong(runner -> runner.trial().number()));
    if (left.isEmpty() || left.getFirst().scores().length == 1) {
      return left;
    }
    List<Runner<A>> order = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Integer> positions = Objectives.front(left.stream().map(Runner::scores).toList());
      order.addAll(byVolume(positions.stream().map(left::get).toList()));
      for (int position : positions.reversed()) {
        left.remove(position);
      }
    }
    return order;
  }

  private static <A> List<Runner<A>> byVolume(List<Runner<A>> front) {
    List<double[]> points = front.stream().map(Runner::scores).toList();
    double[] reference = reference(points);
    double whole = Hypervolume.of(points, reference);
    double[] added = new double[points.size()];
    for (int i = 0; i < added.length; i++) {
      List<double[]> others = new ArrayList<>(points);
      others.remove(i);
      added[i] = others.isEmpty() ? whole : whole - Hypervolume.of(others, reference);
    }
    return IntStream.range(0, added.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> -added[i])
                .thenComparingLong(i -> front.get(i).trial().number()))
        .map(front::get)
        .toList();
  }

  private static double[] reference(List<double[]> points) {
    double[] reference = new double[points.getFirst().length];
    for (int objective = 0; objective < reference.length; objective++) {
      int by = objective;
      double least = points.stream().mapToDouble(point -> point[by]).min().orElseThrow();
      double most = points.stream().mapToDouble(point -> point[by]).max().orElseThrow();
      reference[by] = least - (most > least ? MARGIN * (most - least) : 1);
    }
    return reference;
  }
}
