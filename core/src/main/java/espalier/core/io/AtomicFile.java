package espalier.core.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Writes a file so that a reader, at any moment and after any failure, finds either the whole new
 * content or what was there before.
 */
public final class AtomicFile {
  /*
   * The content goes to a new file beside the target, because only a move within one file system is
   * atomic. It is forced to the disk before the move: otherwise a power cut could keep the new name
   * and lose the bytes. The folder is forced afterwards, which makes the move itself durable.
   */
  private static final int BUFFER_BYTES = 1 << 16;

  private AtomicFile() {}

  /** What is to be written; it may throw at any byte, and then nothing is kept. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code content} to {@code target}, creating the folders above it.
   *
   * @throws UncheckedIOException if anything fails; the target is then as it was before, and the
   *     partial file is gone
   */
  public static void write(Path target, Content content) {
    var files = new LinkedHashMap<Path, Content>();
    files.put(target, content);
    writeAll(files);
  }

  /**
   * Writes files that belong together. All contents are written, in their order, before the first
   * file gets its name; names are given in the same order, so the last file is there only with all
   * the others.
   *
   * @throws UncheckedIOException if anything fails; while contents are written that leaves every
   *     target as it was before, and in any case no partial file
   */
  public static void writeAll(SequencedMap<Path, Content> files) {
    var partials = new LinkedHashMap<Path, Path>();
    for (var file : files.entrySet()) {
      attempt(file.getKey(), partials, whole -> partials.put(whole, fill(whole, file.getValue())));
    }
    for (var target : files.sequencedKeySet()) {
      attempt(target, partials, whole -> move(partials, whole));
    }
  }

  /** One step towards one target; where it fails, no partial file is left. */
  private static void attempt(Path target, Map<Path, Path> partials, Step step) {
    try {
      step.apply(target.toAbsolutePath());
    } catch (IOException failure) {
      partials.values().forEach(partial -> discard(partial, failure));
      throw new UncheckedIOException(
          "%s: cannot be written (%s); whatever it held before is untouched"
              .formatted(target, reason(failure)),
          failure);
    } catch (RuntimeException | Error failure) {
      partials.values().forEach(partial -> discard(partial, failure));
      throw failure;
    }
  }

  @FunctionalInterface
  private interface Step {
    void apply(Path target) throws IOException;
  }

  private static void move(Map<Path, Path> partials, Path whole) throws IOException {
    var partial = partials.get(whole);
    if (partial == null) {
      throw new IllegalStateException(whole + " was not written");
    }
    Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    partials.remove(whole);
    forceFolder(folder(whole));
  }

  private static Path folder(Path whole) {
    var folder = whole.getParent();
    if (folder == null) {
      throw new IllegalArgumentException("%s is a root folder, no file".formatted(whole));
    }
    return folder;
  }

  /** Writes {@code text} as UTF-8. */
  public static void write(Path target, String text) {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Path create(Path folder, String name) throws IOException {
    long process = ProcessHandle.current().pid();
    for (int attempt = 0; ; attempt++) {
      var partial = folder.resolve(".%s.%d-%d.partial".formatted(name, process, attempt));
      try {
        return Files.createFile(partial);
      } catch (FileAlreadyExistsException inUse) {
        // Another thread writes the same target, or a killed process left this file behind.
      }
    }
  }

  /** A new file beside {@code whole} that holds the content. */
  private static Path fill(Path whole, Content content) throws IOException {
    var folder = folder(whole);
    Files.createDirectories(folder);
    var partial = create(folder, String.valueOf(whole.getFileName()));
    try (var channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      var out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return partial;
    } catch (IOException | RuntimeException | Error failure) {
      discard(partial, failure);
      throw failure;
    }
  }

  private static void discard(Path partial, Throwable failure) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException undeletable) {
      failure.addSuppressed(undeletable);
    }
  }

  private static void forceFolder(Path folder) {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      // Some systems cannot open a folder; there the move is as durable as they make it.
    }
  }

  private static String reason(IOException failure) {
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
