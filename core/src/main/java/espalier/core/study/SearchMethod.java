package espalier.core.study;

import espalier.core.supernet.DifferentiableSearch;

/** How an architecture is found. */
public sealed interface SearchMethod {

  /** The name users type. */
  String name();

  /** Differentiable search in a supernet, for as long as {@code budget}. */
  record Darts(DifferentiableSearch.Settings settings, Budget budget) implements SearchMethod {
    @Override
    public String name() {
      return "darts";
    }
  }

  /** One architecture drawn uniformly: what every search has to beat. */
  record Random() implements SearchMethod {
    @Override
    public String name() {
      return "random";
    }
  }
}
