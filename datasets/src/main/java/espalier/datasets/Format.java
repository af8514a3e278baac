package espalier.datasets;

import java.nio.file.Path;

/** A way to store labelled images in a folder. */
sealed interface Format permits IdxFormat, CifarFormat, ImageFolderFormat {

  /** Whether the folder looks like this format; its files may still prove damaged. */
  boolean recognises(Path folder);

  /**
   * Reads all images.
   *
   * @throws espalier.core.io.DataException if files are missing or damaged
   */
  DataFolder read(Path folder);

  /** The files by which this format is recognised, to finish the sentence "looked for …". */
  String signs();
}
