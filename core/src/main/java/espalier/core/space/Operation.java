package espalier.core.space;

import espalier.core.nn.Layer;

/** What may stand on an edge of a cell. Equal operations are the same object. */
public interface Operation {

  /** What an operation does to the value of a cell, whatever its weights. */
  enum Kind {
    /** Answers zeros. */
    ZERO,
    /** Answers its input. */
    IDENTITY,
    /** A fixed function. */
    FIXED,
    /** A function with variables of its own. */
    WEIGHTED
  }

  /** The published name, {@code sep_conv_3x3} for one. */
  String label();

  /** What it is at this stride, in a trained network. */
  Kind kind(int stride);

  /** The layer that puts it at {@code site}. */
  Layer layer(Site site);
}
