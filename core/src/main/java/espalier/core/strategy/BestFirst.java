package espalier.core.strategy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was told, in order of falling score, equal ones in the order they were told. */
final class BestFirst<T> {
  private final List<T> values = new ArrayList<>();
  private final List<Double> scores = new ArrayList<>();

  void add(T value, double score) {
    int at = values.size();
    while (at > 0 && scores.get(at - 1) < score) {
      at--;
    }
    values.add(at, value);
    scores.add(at, score);
  }

  int size() {
    return values.size();
  }

  /** The best first. */
  List<T> values() {
    return Collections.unmodifiableList(values);
  }

  /** Of the values, in their order. */
  double[] scores() {
    return scores.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
