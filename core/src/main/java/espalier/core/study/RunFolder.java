package espalier.core.study;

import espalier.core.io.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder of one run: its journal, its checkpoints and what it hands over. A folder holds one
 * run; it is opened to start a run in it or to resume the one it holds.
 */
public final class RunFolder implements AutoCloseable {
  private static final String JOURNAL = "run.journal";

  private final Path path;
  private final Journal journal;

  private RunFolder(Path path, Journal journal) {
    this.path = path;
    this.journal = journal;
  }

  /**
   * Creates a folder for a new run.
   *
   * @throws DataException if the folder holds anything already or cannot be made
   */
  public static RunFolder create(Path path) {
    if (Files.exists(path.resolve(JOURNAL))) {
      throw new DataException(
          "%s: holds another run; continue it with --resume or choose another folder"
              .formatted(path));
    }
    try {
      Files.createDirectories(path);
      try (Stream<Path> content = Files.list(path)) {
        if (content.findAny().isPresent()) {
          throw new DataException(
              "%s: is not empty and holds no run; choose another folder".formatted(path));
        }
      }
      return new RunFolder(path, Journal.open(path.resolve(JOURNAL)));
    } catch (FileAlreadyExistsException file) {
      throw new DataException(
          "%s: is a file, a run needs a folder; choose another name".formatted(path), file);
    } catch (IOException | UncheckedIOException failure) {
      throw new DataException(
          "%s: cannot be written (%s); choose a folder you may write to"
              .formatted(path, failure.getMessage()),
          failure);
    }
  }

  /**
   * Opens the folder of a run that was started before.
   *
   * @throws DataException if there is no run to resume
   */
  public static RunFolder resume(Path path) {
    if (!Files.exists(path.resolve(JOURNAL))) {
      throw new DataException(
          "%s: holds no run to resume; start one without --resume".formatted(path));
    }
    return new RunFolder(path, Journal.open(path.resolve(JOURNAL)));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** A file in it. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** The record of the run. */
  public Journal journal() {
    return journal;
  }

  /** The checkpoint file of a phase. */
  Path checkpoint(String phase) {
    return path.resolve(phase + ".checkpoint.safetensors");
  }

  /** Removes a checkpoint that nothing needs any more. */
  void discardCheckpoint(String phase) {
    try {
      Files.deleteIfExists(checkpoint(phase));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s: cannot be removed (%s)".formatted(checkpoint(phase), failure.getMessage()), failure);
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}
