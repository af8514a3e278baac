package espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.data.Dataset;
import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderFormatTest {
  private static final int RED = 0xFFFF0000;
  private static final int DARK_GREY = 0xFF404040;

  @TempDir private Path folder;

  private void picture(String file, int type, int width, int height, int argb) throws IOException {
    var image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, argb);
      }
    }
    save(file, image);
  }

  private void greyPicture(String file, int value) throws IOException {
    var image = new BufferedImage(5, 5, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 25; i++) {
      image.getRaster().setSample(i % 5, i / 5, 0, value);
    }
    save(file, image);
  }

  private void save(String file, BufferedImage image) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    var format = file.toLowerCase(Locale.ROOT).endsWith("png") ? "png" : "jpg";
    assertThat(ImageIO.write(image, format, path.toFile())).isTrue();
  }

  private void rgb(String file, int width, int height, int argb) throws IOException {
    picture(file, BufferedImage.TYPE_INT_RGB, width, height, argb);
  }

  private static float[] values(Dataset images, int index) {
    var values = new float[images.image().values()];
    images.read(index, values, 0);
    return values;
  }

  @Test
  void classesAreFoldersInTheOrderOfTheirNames() throws IOException {
    rgb("dog/1.png", 6, 4, RED);
    rgb("cat/b.PNG", 6, 4, 0xFF00FF00);
    rgb("cat/a.jpeg", 6, 4, 0xFF0000FF);
    Files.writeString(folder.resolve("cat/notes.txt"), "no image");
    Files.createDirectories(folder.resolve(".hidden"));
    var read = Datasets.open(folder);
    assertThat(read.format()).isEqualTo("a folder per class");
    assertThat(read.test()).isEmpty();
    var images = read.training();
    assertThat(images.classNames()).containsExactly("cat", "dog");
    assertThat(images.image()).isEqualTo(new ImageSpec(4, 6, 3));
    assertThat(IntStream.range(0, 3).map(images::label)).containsExactly(0, 0, 1);
    assertThat(values(images, 1)).startsWith(0, 1, 0);
    assertThat(values(images, 2)).startsWith(1, 0, 0);
    // JPEG loses a little: blue stays blue.
    assertThat(values(images, 0)[2]).isGreaterThan(0.9f);
  }

  @Test
  void imagesTakeTheMostCommonSizeOfTheTrainingImages() throws IOException {
    rgb("train/a/1.png", 8, 8, RED);
    rgb("train/a/2.png", 8, 8, RED);
    rgb("train/b/1.png", 30, 10, RED);
    rgb("test/a/1.png", 30, 10, RED);
    rgb("test/b/1.png", 30, 10, RED);
    var read = Datasets.open(folder);
    assertThat(read.training().image()).isEqualTo(new ImageSpec(8, 8, 3));
    var test = read.test().orElseThrow();
    assertThat(test.image()).isEqualTo(new ImageSpec(8, 8, 3));
    assertThat(values(test, 0)).startsWith(1, 0, 0);
    assertThat(values(read.training(), 2)).startsWith(1, 0, 0);
  }

  @Test
  void noSideIsLongerThan64Pixels() throws IOException {
    rgb("a/1.png", 200, 100, RED);
    rgb("b/1.png", 200, 100, DARK_GREY);
    assertThat(Datasets.open(folder).training().image()).isEqualTo(new ImageSpec(32, 64, 3));
  }

  @Test
  void greyImagesHaveOneChannelAndKeepTheirStoredValues() throws IOException {
    greyPicture("train/a/1.png", 64);
    rgb("train/b/1.png", 5, 5, DARK_GREY);
    rgb("test/a/1.png", 5, 5, RED);
    greyPicture("test/b/1.png", 200);
    var read = Datasets.open(folder);
    assertThat(read.training().image()).isEqualTo(new ImageSpec(5, 5, 1));
    assertThat(values(read.training(), 0)).containsOnly(64 / 255f);
    assertThat(values(read.training(), 1)).containsOnly(64 / 255f);
    var test = read.test().orElseThrow();
    assertThat(values(test, 0)[0]).isCloseTo(0.299f, within(0.5f / 255));
    assertThat(values(test, 1)).containsOnly(200 / 255f);
  }

  @Test
  void transparentPixelsLieOnWhite() throws IOException {
    picture("a/1.png", BufferedImage.TYPE_INT_ARGB, 5, 5, 0x00FF0000);
    rgb("b/1.png", 5, 5, RED);
    assertThat(values(Datasets.open(folder).training(), 0)).containsOnly(1f);
  }

  @Test
  void aValidationFolderIsUsedForComparing() throws IOException {
    for (var part : new String[] {"train", "val", "test"}) {
      for (var name : new String[] {"a", "b"}) {
        for (int i = 0; i < 3; i++) {
          int shade = Arrays.asList("train", "val", "test").indexOf(part) * 80 + i;
          rgb("%s/%s/%d.png".formatted(part, name, i), 5, 5, 0xFF000000 | shade);
        }
      }
    }
    var read = Datasets.open(folder);
    var splits = read.splits(0.5, 1);
    assertThat(splits.train().size()).isEqualTo(6);
    assertThat(splits.valid().size()).isEqualTo(6);
    assertThat(splits.test().orElseThrow().size()).isEqualTo(6);
    var values = new float[75];
    splits.valid().read(0, values, 0);
    assertThat(Math.round(values[2] * 255)).isBetween(80, 82);
  }

  @Test
  void badFoldersAreRefusedInASentence() throws IOException {
    rgb("a/1.png", 5, 5, RED);
    refuses(folder + ": has 1 class folders, at least two are needed; make one per class");
    Files.createDirectories(folder.resolve("b"));
    refuses(folder.resolve("b") + ": holds no PNG or JPEG files; add some or remove the folder");
    Files.writeString(folder.resolve("b/1.png"), "this is text");
    refuses(folder.resolve("b/1.png") + ": is no PNG or JPEG image; remove it or get it again");
  }

  @Test
  void aTestClassThatTrainingLacksIsNamed() throws IOException {
    rgb("train/a/1.png", 5, 5, RED);
    rgb("train/b/1.png", 5, 5, RED);
    rgb("test/a/1.png", 5, 5, DARK_GREY);
    rgb("test/c/1.png", 5, 5, DARK_GREY);
    refuses(
        folder.resolve("test")
            + ": has the class 'c', which the training images lack; they have a, b");
  }

  @Test
  void aPictureCutOffAnywhereIsRefusedOrDecoded() throws IOException {
    rgb("a/1.png", 5, 5, RED);
    for (var name : new String[] {"b/1.png", "b/1.jpg"}) {
      Files.createDirectories(folder.resolve("b"));
      try (var old = Files.list(folder.resolve("b"))) {
        for (var file : old.toList()) {
          Files.delete(file);
        }
      }
      rgb(name, 9, 9, 0xFF123456);
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      for (int length = 0; length < whole.length; length++) {
        Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
        readOrRefuse(name);
        byte[] flipped = whole.clone();
        flipped[length] ^= 0x55;
        Files.write(folder.resolve(name), flipped);
        readOrRefuse(name);
      }
    }
  }

  private void readOrRefuse(String name) {
    try {
      assertThat(Datasets.open(folder).training().size()).isEqualTo(2);
    } catch (DataException refused) {
      assertThat(refused).hasMessageStartingWith(folder.resolve(name) + ": ");
    }
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> Datasets.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
