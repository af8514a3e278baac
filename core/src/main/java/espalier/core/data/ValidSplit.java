package espalier.core.data;

/** The images that architectures are compared on during a search. */
public final class ValidSplit implements SearchSplit {
  private final Subset images;

  ValidSplit(Subset images) {
    this.images = images;
  }

  /**
   * A smaller part, for a cheaper estimate. A part's order is random, so its beginning is a random
   * sample, and a larger sample contains the smaller ones.
   */
  public ValidSplit first(int count) {
    return new ValidSplit(images.first(count));
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
