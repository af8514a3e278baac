package espalier.core.study;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one run: its journal, its checkpoints and what it hands over. A folder holds one
 * run; it is opened to start a run in it or to resume the one it holds.
 */
public final class RunFolder implements AutoCloseable {
  private static final String JOURNAL = "run.journal";

  private final Path path;
  private final Journal journal;
  private final boolean isNew;

  private RunFolder(Path path, Journal journal, boolean isNew) {
    this.path = path;
    this.journal = journal;
    this.isNew = isNew;
  }

  /**
   * Creates a folder for a new run.
   *
   * @throws DataException if the folder holds anything already or cannot be made
   */
  public static RunFolder create(Path path) {
    requireFree(path);
    boolean isNew = !Files.exists(path);
    try {
      Files.createDirectories(path);
      return new RunFolder(path, Journal.open(path.resolve(JOURNAL)), isNew);
    } catch (IOException | UncheckedIOException failure) {
      throw unwritable(path, failure);
    }
  }

  /**
   * Looks, without changing anything, whether {@link #create} would refuse the folder for what it
   * holds.
   *
   * @throws DataException if it would
   */
  public static void requireFree(Path path) {
    if (Files.exists(path.resolve(JOURNAL))) {
      throw new DataException(
          "%s: holds another run; continue it with --resume or choose another folder"
              .formatted(path));
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new DataException(
          "%s: is a file, a run needs a folder; choose another name".formatted(path));
    }
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> content = Files.list(path)) {
      if (content.findAny().isPresent()) {
        throw new DataException(
            "%s: is not empty and holds no run; choose another folder".formatted(path));
      }
    } catch (IOException failure) {
      throw unwritable(path, failure);
    }
  }

  private static DataException unwritable(Path path, Exception failure) {
    return new DataException(
        "%s: cannot be written (%s); choose a folder you may write to"
            .formatted(path, failure.getMessage()),
        failure);
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
    Journal journal = Journal.open(path.resolve(JOURNAL));
    if (journal.entries().isEmpty()) {
      journal.close();
      throw new DataException(
          "%s: the run in it was stopped before it began; remove the folder and start again"
              .formatted(path));
    }
    return new RunFolder(path, journal, false);
  }

  /**
   * What the run in a folder was asked for, whether or not it is under way; empty without a run.
   */
  public static Optional<RunStart> startOf(Path path) {
    return Journal.first(path.resolve(JOURNAL)).map(RunStart::read);
  }

  /** What the run was asked for when it started; empty if it has not started. */
  public Optional<RunStart> start() {
    return journal.entries().stream().findFirst().map(RunStart::read);
  }

  /** What {@code result.json} holds, if the run is finished. */
  public Optional<JsonDocument> result() {
    return journal.entries("result").stream()
        .findFirst()
        .map(entry -> {
          Map<String, Json> members = new LinkedHashMap<>(((Json.Obj) entry.value()).members());
          members.remove("type");
          return JsonDocument.of("result.json", Json.object(members));
        });
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

  /** Closes the journal. A new folder in which no run started is removed again. */
  @Override
  public void close() {
    boolean started = !journal.entries().isEmpty();
    journal.close();
    if (!started) {
      try {
        Files.deleteIfExists(path.resolve(JOURNAL));
        if (isNew) {
          Files.deleteIfExists(path);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(
            "%s: cannot be removed (%s)".formatted(path, failure.getMessage()), failure);
      }
    }
  }
}
