package espalier.core.data;

/**
 * All the images a search may see.
 *
 * @param train the images that weights are learnt from
 * @param valid the images that architectures are compared on
 */
public record SearchData(TrainSplit train, ValidSplit valid) {}
