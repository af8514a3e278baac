package espalier.cli;

import espalier.core.io.ImageSpec;

/**
 * How many generated images there are where no data are named: sized so that a whole search, final
 * training included, is over within minutes on two cores.
 */
final class Embedded {
  static final ImageSpec IMAGE = new ImageSpec(16, 16, 1);
  static final int TRAIN_IMAGES = 9600;
  static final int VALID_IMAGES = 640;
  static final int TEST_IMAGES = 1000;

  /** The search sees a sample: its steps are several times as long as those of the training. */
  static final int SEARCH_IMAGES = 1280;

  private Embedded() {}
}
