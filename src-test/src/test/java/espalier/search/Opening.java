package espalier.search;

import espalier.core.space.Cell;

/** Opens a strategy on the kit's landscape of cells. */
@FunctionalInterface
public interface Opening extends OpeningOn<Cell> {}
