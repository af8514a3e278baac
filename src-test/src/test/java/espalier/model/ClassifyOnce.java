package espalier.model;

import espalier.core.io.Image;
import espalier.core.io.ImageSpec;
import espalier.core.nn.Model;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A program that knows core and kernels only: it classifies one image and prints what it found. */
public final class ClassifyOnce {
  private ClassifyOnce() {}

  /** Loads the model in the folder {@code arguments[0]}. */
  public static void main(String[] arguments) {
    byte one = (byte) 255;
    Image image = Image.of(new ImageSpec(2, 2, 2), new byte[] {one, 0, 0, one, one, one, 0, 0});
    try (Model model = Model.load(Path.of(arguments[0]))) {
      System.out.println(
          Arrays.toString(model.logits(List.of(image)).getFirst())
              + " "
              + model.classify(image).label());
    }
  }
}
