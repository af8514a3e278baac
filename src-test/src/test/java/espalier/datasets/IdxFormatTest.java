package espalier.datasets;

import static espalier.datasets.SmallFiles.bytes;
import static espalier.datasets.SmallFiles.gzip;
import static espalier.datasets.SmallFiles.idx;
import static espalier.datasets.SmallFiles.ramp;
import static espalier.datasets.SmallFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxFormatTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir private Path folder;

  @BeforeEach
  void threeImages() {
    write(folder, IMAGES, idx(ramp(18), 3, 2, 3));
    write(folder, LABELS, idx(bytes(0, 2, 1), 3));
  }

  @Test
  void imagesAndLabelsAreRead() {
    var read = Datasets.open(folder);
    assertThat(read.test()).isEmpty();
    assertThat(read.training().image()).isEqualTo(new ImageSpec(2, 3, 1));
    assertThat(read.training().classNames()).containsExactly("0", "1", "2");
    assertThat(read.training().label(1)).isEqualTo(2);
    var values = new float[6];
    read.training().read(2, values, 0);
    assertThat(values).startsWith(12 / 255f).endsWith(17 / 255f);
  }

  @Test
  void packedTestFilesAndColoursAndClassNamesAreRead(@TempDir Path other) {
    write(other, "train-images-idx3-ubyte.gz", gzip(idx(ramp(12), 2, 2, 1, 3)));
    write(other, "train-labels-idx1-ubyte.gz", gzip(idx(bytes(0, 1), 2)));
    write(other, "t10k-images-idx3-ubyte.gz", gzip(idx(ramp(6), 1, 2, 1, 3)));
    write(other, "t10k-labels-idx1-ubyte.gz", gzip(idx(bytes(1), 1)));
    write(other, "classes.txt", "cat\ndog\n\n".getBytes(StandardCharsets.UTF_8));
    var read = Datasets.open(other);
    assertThat(read.training().image()).isEqualTo(new ImageSpec(2, 1, 3));
    assertThat(read.training().classNames()).containsExactly("cat", "dog");
    assertThat(read.test().orElseThrow().label(0)).isEqualTo(1);
  }

  @Test
  void aMissingPartIsNamed(@TempDir Path other) {
    write(other, IMAGES, idx(ramp(18), 3, 2, 3));
    refuses(other, other + ": holds no train-labels-idx1-ubyte or .gz; put it beside the others");
    write(folder, "t10k-images-idx3-ubyte", idx(ramp(6), 1, 2, 3));
    refuses(folder, folder + ": holds no t10k-labels-idx1-ubyte or .gz; put it beside the others");
  }

  @Test
  void countsMustAgree() {
    write(folder, LABELS, idx(bytes(0, 1), 2));
    refuses(
        folder,
        folder.resolve(IMAGES)
            + ": holds 3 images, train-labels-idx1-ubyte 2 labels; the files do not belong"
            + " together");
  }

  @Test
  void aWrongMagicNumberIsNamed() {
    var file = idx(ramp(18), 3, 2, 3);
    file[2] = 0x0D;
    write(folder, IMAGES, file);
    refuses(
        folder,
        folder.resolve(IMAGES)
            + ": begins with 0x00000d03, an IDX file of bytes with 0x000008 and 1 to 4 dimensions;"
            + " it is damaged or of another format");
  }

  @Test
  void swappedFilesAreNamed() {
    write(folder, IMAGES, idx(bytes(0, 2, 1), 3));
    refuses(
        folder,
        folder.resolve(IMAGES)
            + ": holds an array of 1 dimensions, images have three or four; is it the labels'"
            + " file?");
    write(folder, LABELS, idx(ramp(18), 3, 2, 3));
    refuses(
        folder,
        folder.resolve(LABELS)
            + ": holds an array of 3 dimensions, labels have one; is it the images' file?");
  }

  @Test
  void aLabelBeyondTheNamedClassesIsNamed() {
    write(folder, "classes.txt", "cat\ndog".getBytes(StandardCharsets.UTF_8));
    refuses(
        folder,
        folder.resolve(LABELS)
            + ": label 1 is 2, but labels of 2 classes are 0 to 1; the file is damaged");
  }

  @Test
  void oneClassAndNoImagesAreRefused() {
    write(folder, LABELS, idx(bytes(2, 2, 2), 3));
    refuses(
        folder,
        folder + ": all 3 training images are of the class '2'; add images of at least one other");
    write(folder, IMAGES, idx(new byte[0], 0, 2, 3));
    write(folder, LABELS, idx(new byte[0], 0));
    refuses(folder, folder.resolve(IMAGES) + ": holds no images; get the file again");
  }

  @Test
  void anExtentThatOverflowsIsRefused() {
    write(folder, IMAGES, idx(ramp(4), 1 << 30, 1 << 30, 1 << 30));
    assertThatThrownBy(() -> Datasets.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("announces an array of [1073741824, 1073741824, 1073741824] bytes");
  }

  @Test
  void aPackedFileCutOffAnywhereIsRefused(@TempDir Path other) {
    write(other, "train-labels-idx1-ubyte.gz", gzip(idx(bytes(0, 2, 1), 3)));
    byte[] whole = gzip(idx(ramp(18), 3, 2, 3));
    for (int length = 0; length < whole.length; length++) {
      write(other, "train-images-idx3-ubyte.gz", Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Datasets.open(other))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("train-images-idx3-ubyte.gz: ");
    }
    write(other, "train-images-idx3-ubyte.gz", Arrays.copyOf(whole, whole.length - 9));
    refuses(
        other,
        other.resolve("train-images-idx3-ubyte.gz")
            + ": the gzip data end too early; the file was cut off, get it again");
  }

  @Test
  void aFlippedBitInAPackedFileIsRefusedOrHarmless(@TempDir Path other) {
    write(other, "train-labels-idx1-ubyte.gz", gzip(idx(bytes(0, 2, 1), 3)));
    byte[] whole = gzip(idx(ramp(18), 3, 2, 3));
    var expected = Datasets.open(folder).training().contentHash();
    int refused = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      write(other, "train-images-idx3-ubyte.gz", flipped);
      try {
        assertThat(Datasets.open(other).training().contentHash()).isEqualTo(expected);
      } catch (DataException e) {
        refused++;
        assertThat(e).hasMessageContaining("train-images-idx3-ubyte.gz: ");
      }
    }
    // All but the time stamp, the system and a few flags of the gzip header are checked.
    assertThat(refused).isGreaterThan((whole.length - 8) * 8);
  }

  @Test
  void aFlippedBitInAPlainFileIsRefusedOrChangesPixelsAlone() {
    byte[] whole = idx(ramp(18), 3, 2, 3);
    int header = 16;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      write(folder, IMAGES, flipped);
      if (bit < header * 8) {
        assertThatThrownBy(() -> Datasets.open(folder))
            .isInstanceOf(DataException.class)
            .hasMessageContaining(IMAGES + ": ");
      } else {
        assertThat(Datasets.open(folder).training().size()).isEqualTo(3);
      }
    }
  }

  private static void refuses(Path folder, String message) {
    assertThatThrownBy(() -> Datasets.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
