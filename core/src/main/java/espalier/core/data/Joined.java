package espalier.core.data;

import espalier.core.io.ImageSpec;
import java.util.List;

/** The images of one source followed by those of another. */
record Joined(ImageSource first, ImageSource second) implements ImageSource {

  @Override
  public ImageSpec image() {
    return first.image();
  }

  @Override
  public int size() {
    return first.size() + second.size();
  }

  @Override
  public List<String> classNames() {
    return first.classNames();
  }

  @Override
  public int label(int index) {
    return index < first.size() ? first.label(index) : second.label(index - first.size());
  }

  @Override
  public void read(int index, float[] target, int offset) {
    if (index < first.size()) {
      first.read(index, target, offset);
    } else {
      second.read(index - first.size(), target, offset);
    }
  }

  @Override
  public String contentHash() {
    return ContentHash.of(this);
  }
}
