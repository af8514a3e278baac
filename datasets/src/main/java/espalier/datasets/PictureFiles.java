package espalier.datasets;

import espalier.core.io.DataException;
import espalier.core.io.Image;
import espalier.core.io.ImageSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Single PNG and JPEG files, and folders of them. */
public final class PictureFiles {
  private static final String NAMES = "(?i).*\\.(png|jpe?g)";

  private PictureFiles() {}

  /**
   * A picture as it is: grey if all its pixels are, red, green and blue otherwise.
   *
   * @throws DataException if the file is missing, damaged or no PNG or JPEG
   */
  public static Image read(Path file) {
    if (!Files.exists(file)) {
      throw new DataException("%s: no such file; check the path".formatted(file));
    }
    Picture picture = Picture.read(file);
    boolean grey = picture.isGrey();
    int height = picture.size().height();
    int width = picture.size().width();
    ImageSpec spec = new ImageSpec(height, width, grey ? 1 : 3);
    byte[] pixels = new byte[spec.values()];
    picture.write(grey, pixels, 0);
    return Image.of(spec, pixels);
  }

  /**
   * The picture files of a folder, by name; those of its subfolders are left out.
   *
   * @throws DataException if there are none
   */
  public static List<Path> list(Path folder) {
    List<Path> files = DataFile.list(folder, NAMES);
    if (files.isEmpty()) {
      throw new DataException(
          "%s: holds no PNG or JPEG files; name files, or a folder that holds some"
              .formatted(folder));
    }
    return files;
  }
}
