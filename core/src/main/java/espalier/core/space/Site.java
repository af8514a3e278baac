package espalier.core.space;

import espalier.core.nn.BatchNorm;

/**
 * Where an operation is put.
 *
 * @param channels of its output; those of the input are the tensor's own
 * @param stride 1, or 2 to halve the image
 * @param form of the network around it
 */
public record Site(int channels, int stride, Form form) {

  /** What a network of cells is built for. */
  public enum Form {
    /** Candidates compete: normalisations within cells scale nothing, so that weights compare. */
    SEARCH,
    /** A chosen network. */
    EVALUATION;

    /** The batch normalisation within cells. */
    public BatchNorm norm() {
      return this == SEARCH ? BatchNorm.withoutAffine() : BatchNorm.standard();
    }
  }

  public Site {
    if (channels < 1 || stride < 1 || stride > 2) {
      throw new IllegalArgumentException(
          "site: %d channels and stride %d, expected 1 or more channels and stride 1 or 2"
              .formatted(channels, stride));
    }
  }

  BatchNorm norm() {
    return form.norm();
  }
}
