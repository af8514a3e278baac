package espalier.core.data;

/** A part that code which searches or trains may see. */
public sealed interface SearchSplit extends Split permits TrainSplit, ValidSplit {}
