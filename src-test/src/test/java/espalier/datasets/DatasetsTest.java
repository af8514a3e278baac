package espalier.datasets;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {
  @TempDir private Path folder;

  @Test
  void aMissingFolderIsNamed() {
    var missing = folder.resolve("nowhere");
    refuses(missing, missing + ": no such folder; check the path");
  }

  @Test
  void aFileInPlaceOfAFolderIsNamed() throws IOException {
    var file = Files.writeString(folder.resolve("data.bin"), "x");
    refuses(file, file + ": is a file; name the folder that holds it");
  }

  @Test
  void aFolderOfNoKnownFormatIsToldWhatWasLookedFor() throws IOException {
    Files.writeString(folder.resolve("readme.txt"), "x");
    refuses(
        folder,
        folder
            + ": holds no data of a known format; looked for IDX files (train-images-idx3-ubyte or"
            + " .gz, with labels), or CIFAR-10 batches (data_batch_1.bin or .gz), or a folder per"
            + " class with PNG or JPEG files, directly or within 'train'");
  }

  private static void refuses(Path folder, String message) {
    assertThatThrownBy(() -> Datasets.open(folder))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }
}
