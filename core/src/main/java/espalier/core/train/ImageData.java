package espalier.core.train;

import espalier.core.data.Batches;
import espalier.core.data.SearchData;
import espalier.core.data.Split;
import espalier.core.data.TrainSplit;
import espalier.core.data.ValidSplit;
import espalier.core.io.Normalisation;
import espalier.core.nn.FeedSpec;
import espalier.kernels.spi.HostData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Images to be classified.
 *
 * @param train what weights are learnt from
 * @param kept what epochs and candidates are compared on
 * @param normalisation of the network's input
 */
public record ImageData(TrainSplit train, Optional<ValidSplit> kept, Normalisation normalisation)
    implements TaskData {

  /** Images normalised as those to learn from are. */
  public static ImageData of(TrainSplit train, Optional<ValidSplit> valid) {
    return new ImageData(train, valid, train.normalisation());
  }

  /** What a search may see. */
  public static ImageData of(SearchData data) {
    return of(data.train(), Optional.of(data.valid()));
  }

  @Override
  public Classes task() {
    return Classes.ofImages(train.image(), train.classNames().size());
  }

  @Override
  public int size() {
    return train.size();
  }

  @Override
  public Feeder training(Recipe recipe, long seed) {
    return new ImageFeeder(
        Batches.training(train, recipe.batchSize(), normalisation, recipe.augmentation(), seed));
  }

  @Override
  public Optional<Examples> valid() {
    return kept.map(this::examples);
  }

  /** Any part of the images, normalised alike, to be measured on. */
  public Examples examples(Split split) {
    return batchSize ->
        new ImageFeeder(
            Batches.evaluation(split, Math.min(batchSize, split.size()), normalisation));
  }

  @Override
  public ImageData first(int examples) {
    return new ImageData(train.first(examples), kept, normalisation);
  }

  @Override
  public ImageData withoutValid() {
    return new ImageData(train, Optional.empty(), normalisation);
  }

  /** Writes batches into the same arrays again and again. */
  private static final class ImageFeeder implements Feeder {
    private final Batches batches;
    private float[] images;
    private int[] labels;

    ImageFeeder(Batches batches) {
      this.batches = batches;
      this.labels = new int[batches.rows(0)];
      this.images = new float[batches.values()];
    }

    @Override
    public int stepsPerEpoch() {
      return batches.stepsPerEpoch();
    }

    @Override
    public int rows(long step) {
      return batches.rows(step);
    }

    @Override
    public Map<String, HostData> feeds(long step) {
      int rows = rows(step);
      if (rows != labels.length) {
        images = Arrays.copyOf(images, images.length / labels.length * rows);
        labels = new int[rows];
      }
      batches.fill(step, images, labels);
      Map<String, HostData> feeds = new LinkedHashMap<>();
      feeds.put(FeedSpec.IMAGES, HostData.of(images));
      feeds.put(Classes.LABELS, HostData.of(labels));
      return feeds;
    }
  }
}
