package espalier.core.search;

/** What became of a trial. */
public sealed interface Outcome {

  /** It was estimated; every objective has a finite value. */
  record Measured(Metrics metrics) implements Outcome {}

  /** Its estimator gave it up early; these are the last figures. */
  record Pruned(Metrics metrics) implements Outcome {}

  /** It could not be estimated: a result like any other. */
  record Failed(String reason) implements Outcome {}

  /** It misses the limit of an objective with the value {@code found}. */
  record Infeasible(Objective objective, double found) implements Outcome {}
}
