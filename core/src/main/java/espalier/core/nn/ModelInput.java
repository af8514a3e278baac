package espalier.core.nn;

import espalier.core.io.ImageInput;
import espalier.core.io.TableInput;

/** What a trained model takes in. */
sealed interface ModelInput {

  /** The feed of its graph. */
  FeedSpec feed();

  /** Pictures. */
  record Images(ImageInput input) implements ModelInput {
    @Override
    public FeedSpec feed() {
      return FeedSpec.images(input.image());
    }
  }

  /** Rows of a table. */
  record Rows(TableInput input) implements ModelInput {
    @Override
    public FeedSpec feed() {
      return FeedSpec.rows(input.width());
    }
  }
}
