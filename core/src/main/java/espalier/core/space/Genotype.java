package espalier.core.space;

/**
 * An architecture of the DARTS family: the cell that keeps the extent, and the one that halves it.
 */
public record Genotype(Cell normal, Cell reduce) {}
