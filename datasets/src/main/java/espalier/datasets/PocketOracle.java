package espalier.datasets;

import espalier.core.catalog.PocketSpace;
import espalier.core.compose.Decision;
import espalier.core.io.ImageSpec;
import espalier.core.oracle.CurveTraining;
import espalier.core.oracle.Oracle;
import espalier.core.table.BenchmarkTable;
import espalier.core.table.CurveTable;
import espalier.core.train.Adam;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What becomes of each of the 1,024 networks of {@link PocketSpace} when it learns plain generated
 * images for nine epochs, from three seeds.
 */
public final class PocketOracle {
  /** Epochs of a training. */
  public static final int EPOCHS = 9;

  /** Trainings of each network. */
  public static final int SEEDS = 3;

  /** What users call it. */
  public static final String NAME = "pocket";

  private static final String RESOURCE = "pocket.csv.gz";
  private static final ImageSpec IMAGE = new ImageSpec(16, 16, 1);
  private static final int TRAIN_IMAGES = 640;
  private static final int VALID_IMAGES = 256;
  private static final int TEST_IMAGES = 512;

  /** Training images that are measured: enough to see how far it fits them. */
  private static final int MEASURED_IMAGES = 128;

  private PocketOracle() {}

  /** The table as it is shipped, a row for each training. */
  public static BenchmarkTable rows() {
    try (InputStream packed = PocketOracle.class.getResourceAsStream(RESOURCE)) {
      return BenchmarkTable.readPacked(NAME, Objects.requireNonNull(packed, RESOURCE));
    } catch (IOException damaged) {
      throw new UncheckedIOException(
          "the built-in table %s cannot be read".formatted(NAME), damaged);
    }
  }

  /** The learning curves as they are shipped. */
  public static CurveTable<Decision> curves() {
    return CurveTable.of(PocketSpace.standard(), rows());
  }

  /** How it is made. */
  public static Oracle making(LongSupplier clock) {
    Recipe recipe =
        Recipe.standard()
            .withBatchSize(32)
            .with(new Adam(0.9, 0.999, 1e-8, 0, false), new Schedule.Cosine(0.005, 0));
    GeneratedImages images = new GeneratedImages(IMAGE, GeneratedImages.Scene.PLAIN, 0);
    return new Oracle(
        "pocket oracle, version 1: %d plain generated images, %d epochs, seeds 0 to %d"
            .formatted(TRAIN_IMAGES, EPOCHS, SEEDS - 1),
        PocketSpace.standard(),
        new CurveTraining(
            images.splits(TRAIN_IMAGES, VALID_IMAGES, TEST_IMAGES),
            recipe,
            EPOCHS,
            MEASURED_IMAGES,
            clock),
        SEEDS);
  }
}
