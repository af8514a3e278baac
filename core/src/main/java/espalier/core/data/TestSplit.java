package espalier.core.data;

/**
 * The images that a finished model is measured on once. Nothing that searches or trains accepts
 * them.
 */
public final class TestSplit implements Split {
  private final Subset images;

  TestSplit(Subset images) {
    this.images = images;
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
