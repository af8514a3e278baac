package espalier.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a search is for: one objective or several, each with a metric of its own. */
public record Objectives(List<Objective> all) {

  public Objectives {
    all = List.copyOf(all);
    List<String> metrics = all.stream().map(Objective::metric).toList();
    if (all.isEmpty() || metrics.stream().distinct().count() < all.size()) {
      throw new IllegalArgumentException(
          "objectives: found %s, expected one or more, each of another metric".formatted(metrics));
    }
  }

  /** These objectives. */
  public static Objectives of(Objective... objectives) {
    return new Objectives(List.of(objectives));
  }

  /** The first one: what a strategy for one objective follows. */
  public Objective primary() {
    return all.getFirst();
  }

  /** Whether one of them has a limit. */
  public boolean isLimited() {
    return all.stream().anyMatch(objective -> objective.limit().isPresent());
  }

  /** The first limit that figures miss; a metric that is not among them is not judged. */
  public Optional<Outcome.Infeasible> violation(Metrics metrics) {
    for (Objective objective : all) {
      OptionalDouble value = metrics.find(objective.metric());
      if (value.isPresent() && !objective.admits(value.getAsDouble())) {
        return Optional.of(new Outcome.Infeasible(objective, value.getAsDouble()));
      }
    }
    return Optional.empty();
  }

  /** What figures score in each objective; NaN where the metric is not among them. */
  public double[] scores(Metrics metrics) {
    double[] scores = new double[all.size()];
    for (int i = 0; i < scores.length; i++) {
      Objective objective = all.get(i);
      scores[i] = objective.score(metrics.find(objective.metric()).orElse(Double.NaN));
    }
    return scores;
  }

  /** Whether scores {@code a} are nowhere below {@code b} and somewhere above. */
  public static boolean dominates(double[] a, double[] b) {
    boolean above = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] < b[i]) {
        return false;
      }
      above |= a[i] > b[i];
    }
    return above;
  }

  /** The positions of the scores that no others dominate, in order. */
  public static List<Integer> front(List<double[]> scores) {
    List<Integer> front = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      double[] mine = scores.get(i);
      if (scores.stream().noneMatch(other -> dominates(other, mine))) {
        front.add(i);
      }
    }
    return front;
  }
}
