package espalier.cli;

import espalier.core.data.Augmentation;
import picocli.CommandLine.Option;

/** Random changes of training images. */
final class AugmentationOptions {
  @Option(names = "--flip", description = "mirror every second image, at random")
  boolean flip;

  @Option(
      names = "--crop",
      paramLabel = "N",
      description = "crop at random from the image with a black margin of N pixels")
  int crop;

  @Option(
      names = "--cutout",
      paramLabel = "N",
      description = "blank a random square of N x N pixels")
  int cutout;

  Augmentation build() {
    return new Augmentation(crop, flip, cutout);
  }
}
