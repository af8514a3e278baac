package espalier.core.strategy;

import espalier.core.search.Objectives;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The order of NSGA-II: by front, and within a front by how alone a member stands. */
final class Fronts {
  private Fronts() {}

  /**
   * A member of a population.
   *
   * @param scores larger is better, one for each objective
   * @param shortfall how far a limit is missed; 0 if none is
   */
  record Member<A>(A architecture, double[] scores, double shortfall) {}

  /** The best {@code count}, in order: members that meet all limits, then those that miss least. */
  static <A> List<Member<A>> best(List<Member<A>> members, int count) {
    List<Member<A>> within = members.stream().filter(member -> member.shortfall() == 0).toList();
    List<Member<A>> order = new ArrayList<>();
    peeled(within, Member::scores, count).forEach(front -> order.addAll(byCrowding(front)));
    members.stream()
        .filter(member -> member.shortfall() > 0)
        .sorted(Comparator.comparingDouble(Member::shortfall))
        .forEach(order::add);
    return List.copyOf(order.subList(0, Math.min(count, order.size())));
  }

  /**
   * Whom nobody dominates, then whom nobody of the rest does, and so on until {@code count} are
   * among them.
   */
  static <T> List<List<T>> peeled(List<T> all, Function<T, double[]> scores, int count) {
    List<List<T>> fronts = new ArrayList<>();
    List<T> left = new ArrayList<>(all);
    while (!left.isEmpty() && all.size() - left.size() < count) {
      List<Integer> positions = Objectives.front(left.stream().map(scores).toList());
      fronts.add(positions.stream().map(left::get).toList());
      for (int position : positions.reversed()) {
        left.remove(position);
      }
    }
    return fronts;
  }

  /** The loneliest first: the ends of the front, then by the distance between neighbours. */
  private static <A> List<Member<A>> byCrowding(List<Member<A>> front) {
    double[] distances = new double[front.size()];
    for (int objective = 0; objective < front.getFirst().scores().length; objective++) {
      int by = objective;
      List<Integer> order =
          IntStream.range(0, front.size())
              .boxed()
              .sorted(Comparator.comparingDouble((Integer i) -> front.get(i).scores()[by]))
              .toList();
      double least = front.get(order.getFirst()).scores()[by];
      double range = front.get(order.getLast()).scores()[by] - least;
      distances[order.getFirst()] = Double.POSITIVE_INFINITY;
      distances[order.getLast()] = Double.POSITIVE_INFINITY;
      for (int i = 1; i < order.size() - 1 && range > 0; i++) {
        double above = front.get(order.get(i + 1)).scores()[by];
        double below = front.get(order.get(i - 1)).scores()[by];
        distances[order.get(i)] += (above - below) / range;
      }
    }
    return IntStream.range(0, front.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -distances[i]))
        .map(front::get)
        .toList();
  }
}
