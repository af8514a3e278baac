package espalier.datasets;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import java.util.Optional;

/**
 * What a folder of images holds.
 *
 * @param format the format it was recognised as, in words
 * @param training images to learn from
 * @param valid images to compare architectures on, where the folder sets some apart
 * @param test images to measure a finished model on, where the folder has some
 */
public record DataFolder(
    String format, Dataset training, Optional<Dataset> valid, Optional<Dataset> test) {

  /**
   * The folder's own validation and test images; where it sets no validation images apart, that
   * fraction of the training images, stratified.
   */
  public Splits splits(double validFraction, long seed) {
    var search =
        valid
            .map(images -> Splits.given(training, images, seed))
            .orElseGet(
                () -> Splits.byFraction(training, validFraction, Splits.Sampling.STRATIFIED, seed));
    return test.map(search::withTest).orElse(search);
  }
}
