package espalier.cli;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import espalier.datasets.DataFolder;
import espalier.datasets.Datasets;
import espalier.datasets.GeneratedImages;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Which images, and how they are divided. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder of labelled images: IDX files, CIFAR-10 batches, or a folder per class; without"
              + " it images are generated",
      showDefaultValue = Visibility.NEVER)
  Optional<Path> data = Optional.empty();

  @Option(
      names = "--valid-fraction",
      paramLabel = "P",
      description = "share of the training images kept apart to compare on")
  double validFraction = 0.1;

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description =
          "images to learn from (default: all others; generated: " + Embedded.TRAIN_IMAGES + ")",
      showDefaultValue = Visibility.NEVER)
  Optional<Integer> trainImages = Optional.empty();

  @Option(
      names = "--valid-images",
      paramLabel = "N",
      description =
          "images to compare on (default: by --valid-fraction; generated: "
              + Embedded.VALID_IMAGES
              + ")",
      showDefaultValue = Visibility.NEVER)
  Optional<Integer> validImages = Optional.empty();

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "generated images to test on (default: " + Embedded.TEST_IMAGES + ")",
      showDefaultValue = Visibility.NEVER)
  Optional<Integer> testImages = Optional.empty();

  @Option(
      names = "--image-size",
      paramLabel = "HxWxC",
      description = "size of generated images (default: 16x16x1)",
      showDefaultValue = Visibility.NEVER)
  Optional<ImageSpec> imageSize = Optional.empty();

  @Option(
      names = "--permute-labels",
      description = "deal the labels out at random: whatever scores above chance then leaks")
  boolean permuteLabels;

  /** Refuses options that would do nothing. */
  void check(Applicability options) {
    options.refuse(
        "--test-images", data.isPresent(), "applies to generated images, without --data");
    options.refuse("--image-size", data.isPresent(), "applies to generated images, without --data");
    options.refuse("--valid-fraction", data.isEmpty(), "applies to --data");
    options.refuse("--valid-fraction", validImages.isPresent(), "is settled by --valid-images");
  }

  /**
   * Reads or generates the images and divides them.
   *
   * @throws DataException if they are missing, damaged or fewer than asked for
   */
  Splits splits(long seed) {
    return data.isPresent() ? read(data.get(), seed) : generated(seed);
  }

  private Splits generated(long seed) {
    int train = trainImages.orElse(Embedded.TRAIN_IMAGES);
    int valid = validImages.orElse(Embedded.VALID_IMAGES);
    GeneratedImages images = new GeneratedImages(imageSize.orElse(Embedded.IMAGE), seed);
    Dataset training = permuted(images.training(Math.addExact(train, valid)), seed);
    return Splits.byCount(training, train, valid, Splits.Sampling.STRATIFIED, seed)
        .withTest(images.test(testImages.orElse(Embedded.TEST_IMAGES)));
  }

  private Splits read(Path folder, long seed) {
    DataFolder read = Datasets.open(folder);
    Dataset training = permuted(read.training(), seed);
    try {
      Splits splits =
          read.valid().isPresent()
              ? given(folder, training, permuted(read.valid().get(), seed), seed)
              : divided(folder, training, seed);
      return read.test().map(splits::withTest).orElse(splits);
    } catch (IllegalArgumentException unfit) {
      throw new DataException("%s: %s".formatted(folder, Failures.describe(unfit)), unfit);
    }
  }

  private Dataset permuted(Dataset images, long seed) {
    return permuteLabels ? images.permuteLabels(seed) : images;
  }

  /** The folder sets images apart itself. */
  private Splits given(Path folder, Dataset training, Dataset valid, long seed) {
    int train = limit(folder, "training", trainImages, training.size());
    int compared = limit(folder, "validation", validImages, valid.size());
    return Splits.given(training, valid, seed).first(train, compared);
  }

  private Splits divided(Path folder, Dataset training, long seed) {
    int all = training.size();
    int valid =
        limit(folder, "training", validImages, (int) Math.max(1, Math.round(all * validFraction)));
    int train = limit(folder, "training", trainImages, all - valid);
    if (train < 1 || (long) train + valid > all) {
      throw new DataException(
          "%s: %d images to learn from and %d to compare on were asked for, it has %d in all"
              .formatted(folder, train, valid, all));
    }
    return Splits.byCount(training, train, valid, Splits.Sampling.STRATIFIED, seed);
  }

  private static int limit(Path folder, String part, Optional<Integer> wanted, int otherwise) {
    int count = wanted.orElse(otherwise);
    if (count < 1) {
      throw new DataException(
          "%s: %d %s images were asked for, expected 1 or more".formatted(folder, count, part));
    }
    return count;
  }
}
