package espalier.core.study;

import espalier.core.io.Json;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What a search for several objectives found: of the candidates that were trained longest those
 * that no other dominates, the best in the first objective first.
 *
 * @param metrics of the objectives, in order
 */
public record SearchFront(List<String> metrics, List<Member> members) {

  /**
   * A candidate on the front.
   *
   * @param values of the metrics
   */
  public record Member(String notation, List<Double> values) {
    public Member {
      values = List.copyOf(values);
    }
  }

  public SearchFront {
    metrics = List.copyOf(metrics);
    members = List.copyOf(members);
  }

  /** The trials on the front; of equal ones the first stands for all. */
  static <A> List<History.Entry<A>> entries(History<A> history, Objectives objectives) {
    List<History.Entry<A>> measured =
        history.entries().stream()
            .filter(entry -> entry.outcome() instanceof Outcome.Measured)
            .toList();
    double longest =
        measured.stream().mapToDouble(entry -> entry.trial().fidelity().share()).max().orElse(0);
    List<History.Entry<A>> thorough =
        measured.stream().filter(entry -> entry.trial().fidelity().share() == longest).toList();
    List<double[]> scores =
        thorough.stream().map(entry -> objectives.scores(figures(entry))).toList();
    List<Integer> front =
        Objectives.front(scores).stream()
            .sorted((a, b) -> Arrays.compare(scores.get(b), scores.get(a)))
            .toList();
    List<History.Entry<A>> entries = new ArrayList<>();
    for (int i = 0; i < front.size(); i++) {
      double[] own = scores.get(front.get(i));
      if (i == 0 || !Arrays.equals(own, scores.get(front.get(i - 1)))) {
        entries.add(thorough.get(front.get(i)));
      }
    }
    return entries;
  }

  private static Metrics figures(History.Entry<?> entry) {
    return ((Outcome.Measured) entry.outcome()).metrics();
  }

  /** The front of these trials. */
  static <A> SearchFront of(
      List<History.Entry<A>> entries, Objectives objectives, Function<A, String> print) {
    List<String> metrics = objectives.all().stream().map(Objective::metric).toList();
    List<Member> members = new ArrayList<>();
    for (History.Entry<A> entry : entries) {
      List<Double> values =
          metrics.stream().map(metric -> figures(entry).find(metric).orElseThrow()).toList();
      members.add(new Member(print.apply(entry.trial().candidate()), values));
    }
    return new SearchFront(metrics, members);
  }

  /** As the file {@code front.json} holds it. */
  public Json.Obj json() {
    return Json.object()
        .with("objectives", Json.strings(metrics))
        .with("members", Json.array(members.stream().map(this::json).toList()));
  }

  private Json.Obj json(Member member) {
    Json.Obj json = Json.object().with("genotype", Json.of(member.notation()));
    for (int i = 0; i < metrics.size(); i++) {
      json = json.with(metrics.get(i), Json.of(member.values().get(i).doubleValue()));
    }
    return json;
  }
}
