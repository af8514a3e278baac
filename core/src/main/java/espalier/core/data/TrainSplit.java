package espalier.core.data;

import espalier.core.io.Normalisation;

/** The images that weights are learnt from. */
public final class TrainSplit implements SearchSplit {
  private final Subset images;

  TrainSplit(Subset images) {
    this.images = images;
  }

  /**
   * A smaller part, for a cheaper estimate. A part's order is random, so its beginning is a random
   * sample, and a larger sample contains the smaller ones.
   */
  public TrainSplit first(int count) {
    return new TrainSplit(images.first(count));
  }

  /** Measures these images: those that weights are learnt from, and no others. */
  public Normalisation normalisation() {
    return ChannelStatistics.normalisation(this);
  }

  @Override
  public ImageSource source() {
    return images.source();
  }

  @Override
  public int size() {
    return images.indices().length;
  }

  @Override
  public int index(int position) {
    return images.indices()[position];
  }
}
