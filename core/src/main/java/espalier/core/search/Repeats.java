package espalier.core.search;

/** What a candidate costs that was tried before. */
public enum Repeats {
  /** Another evaluation, as in published comparisons on tables. */
  CHARGED,
  /** Nothing: candidates of one canonical form have one outcome. */
  CACHED
}
