package espalier.datasets;

import espalier.core.data.Dataset;
import espalier.core.io.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Opens a folder of labelled images, whatever format they are in. */
public final class Datasets {
  private static final List<Format> FORMATS =
      List.of(new IdxFormat(), new CifarFormat(), new ImageFolderFormat());

  private Datasets() {}

  /**
   * Recognises the format from the names of the files and reads all images.
   *
   * @throws DataException if the folder is missing, fits no format, or holds bad data
   */
  public static DataFolder open(Path folder) {
    if (!Files.exists(folder)) {
      throw new DataException("%s: no such folder; check the path".formatted(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException("%s: is a file; name the folder that holds it".formatted(folder));
    }
    for (var format : FORMATS) {
      if (format.recognises(folder)) {
        var read = format.read(folder);
        requireTwoClasses(folder, read.training());
        return read;
      }
    }
    throw new DataException(
        FORMATS.stream()
            .map(Format::signs)
            .collect(
                Collectors.joining(
                    ", or ",
                    "%s: holds no data of a known format; looked for ".formatted(folder),
                    "")));
  }

  private static void requireTwoClasses(Path folder, Dataset training) {
    int first = training.label(0);
    if (IntStream.range(0, training.size()).allMatch(i -> training.label(i) == first)) {
      throw new DataException(
          "%s: all %d training images are of the class '%s'; add images of at least one other"
              .formatted(folder, training.size(), training.classNames().get(first)));
    }
  }
}
