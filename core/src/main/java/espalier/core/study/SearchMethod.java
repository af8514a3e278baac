package espalier.core.study;

import espalier.core.supernet.DifferentiableSearch;

/** How an architecture is found. */
public sealed interface SearchMethod {

  /** The name users type. */
  String name();

  /**
   * DARTS of first order for 10 epochs, as published but for the learning rate of the architecture:
   * at the published 3e-4 so few steps hardly move it, so it is 1e-2.
   */
  static SearchMethod darts() {
    return new Darts(
        DifferentiableSearch.Settings.darts().withArchitectureRate(1e-2), new Budget.Epochs(10));
  }

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
