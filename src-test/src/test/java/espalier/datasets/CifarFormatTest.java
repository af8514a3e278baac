package espalier.datasets;

import static espalier.datasets.SmallFiles.gzip;
import static espalier.datasets.SmallFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CifarFormatTest {
  private static final int RECORD = 3073;

  @TempDir private Path folder;

  /**
   * Records of the given labels whose planes hold 10, 20 and 30, with the record's number added.
   */
  private static byte[] batch(int... labels) {
    var bytes = new byte[labels.length * RECORD];
    for (int r = 0; r < labels.length; r++) {
      bytes[r * RECORD] = (byte) labels[r];
      for (int c = 0; c < 3; c++) {
        int plane = r * RECORD + 1 + c * 1024;
        Arrays.fill(bytes, plane, plane + 1024, (byte) (10 * (c + 1) + r));
      }
    }
    return bytes;
  }

  @Test
  void batchesAreJoinedAndPlanesInterleaved() {
    write(folder, "data_batch_1.bin", batch(3, 9));
    write(folder, "data_batch_2.bin.gz", gzip(batch(0)));
    write(folder, "test_batch.bin", batch(1, 2, 3));
    var read = Datasets.open(folder);
    assertThat(read.training().size()).isEqualTo(3);
    assertThat(read.training().image()).isEqualTo(new ImageSpec(32, 32, 3));
    assertThat(read.training().classNames().get(read.training().label(1))).isEqualTo("truck");
    assertThat(read.test().orElseThrow().size()).isEqualTo(3);
    var values = new float[3072];
    read.training().read(1, values, 0);
    assertThat(values).startsWith(11 / 255f, 21 / 255f, 31 / 255f, 11 / 255f);
    assertThat(values).endsWith(11 / 255f, 21 / 255f, 31 / 255f);
  }

  @Test
  void damagedBatchesAreNamed() {
    var file = folder.resolve("data_batch_1.bin");
    write(folder, "data_batch_1.bin", batch(3, 10));
    refuses(
        file + ": record 1 has the label 10, but labels of 10 classes are 0 to 9; it is damaged");
    write(folder, "data_batch_1.bin", Arrays.copyOf(batch(3, 4), 2 * RECORD - 1));
    refuses(
        file
            + ": 6145 bytes are not whole records of 3073; it was cut off or is no CIFAR-10"
            + " batch");
    write(folder, "data_batch_1.bin", new byte[0]);
    refuses(file + ": holds no images; get the file again");
    write(folder, "data_batch_1.bin", batch(4, 4));
    refuses(
        folder
            + ": all 2 training images are of the class 'deer'; add images of at least one other");
  }

  private void refuses(String message) {
    assertThatThrownBy(() -> Datasets.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
