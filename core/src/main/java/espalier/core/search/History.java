package espalier.core.search;

import java.util.List;
import java.util.Optional;

/**
 * What a search did.
 *
 * @param entries its trials in the order in which their outcomes were told
 * @param end why it ended
 */
public record History<A>(List<Entry<A>> entries, End end) {

  /**
   * A trial and its outcome.
   *
   * @param isCharged whether it was estimated; otherwise its outcome was known
   * @param finished when, on the virtual clock
   */
  public record Entry<A>(Trial<A> trial, Outcome outcome, boolean isCharged, long finished) {}

  /** Why a search ended. */
  public enum End {
    /** Every evaluation was spent. */
    SPENT,
    /** The strategy had nothing more to try. */
    DONE,
    /** Proposals told nothing new for too long. */
    EXHAUSTED,
    /** No candidate can meet a limit. */
    INFEASIBLE,
    /** Somebody asked it to stop; {@link Recorded} lets it go on. */
    CANCELLED
  }

  public History {
    entries = List.copyOf(entries);
  }

  /** The trials that were estimated. */
  public List<Entry<A>> charged() {
    return entries.stream().filter(Entry::isCharged).toList();
  }

  /** The first of the best trials at full fidelity. */
  public Optional<Entry<A>> incumbent(Objective objective) {
    Optional<Entry<A>> incumbent = Optional.empty();
    double best = Double.NEGATIVE_INFINITY;
    for (Entry<A> entry : entries) {
      double score = objective.score(entry.outcome()).orElse(Double.NEGATIVE_INFINITY);
      if (score > best && entry.trial().fidelity().isWhole()) {
        best = score;
        incumbent = Optional.of(entry);
      }
    }
    return incumbent;
  }

  /** The first of the best trials among the most thorough that were measured. */
  public Optional<Entry<A>> bestOfMostThorough(Objective objective) {
    Optional<Entry<A>> incumbent = Optional.empty();
    double best = Double.NEGATIVE_INFINITY;
    double share = 0;
    for (Entry<A> entry : entries) {
      double score = objective.score(entry.outcome()).orElse(Double.NEGATIVE_INFINITY);
      double thorough = entry.trial().fidelity().share();
      boolean isMeasured = score > Double.NEGATIVE_INFINITY;
      if (isMeasured && (thorough > share || (thorough == share && score > best))) {
        share = thorough;
        best = score;
        incumbent = Optional.of(entry);
      }
    }
    return incumbent;
  }

  /** The trials at full fidelity that no other dominates. */
  public List<Entry<A>> front(Objectives objectives) {
    List<Entry<A>> measured =
        entries.stream()
            .filter(entry -> entry.outcome() instanceof Outcome.Measured)
            .filter(entry -> entry.trial().fidelity().isWhole())
            .toList();
    List<double[]> scores =
        measured.stream()
            .map(entry -> ((Outcome.Measured) entry.outcome()).metrics())
            .map(objectives::scores)
            .toList();
    return Objectives.front(scores).stream().map(measured::get).toList();
  }
}
