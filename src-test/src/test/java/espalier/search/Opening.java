package espalier.search;

import espalier.core.search.Strategy;
import espalier.core.space.Cell;

/** Opens a strategy on the kit's landscape, for a number of trials. */
@FunctionalInterface
interface Opening {
  Strategy<Cell> open(long trials, long seed);
}
