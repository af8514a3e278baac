package espalier.core.oracle;

import espalier.core.io.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file that grows line by line. A process killed at any byte leaves a torn last line at
 * most; opening the file drops it.
 */
final class LineFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final List<String> head;
  private final List<String> lines;

  private LineFile(Path file, FileChannel channel, List<String> head, List<String> lines) {
    this.file = file;
    this.channel = channel;
    this.head = head;
    this.lines = lines;
  }

  /**
   * Opens a file, or starts one with these lines.
   *
   * @throws DataException if it begins with others, or another process holds it
   */
  static LineFile open(Path file, List<String> head) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        return read(file, channel, head);
      } catch (IOException | RuntimeException failure) {
        channel.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  private static LineFile read(Path file, FileChannel channel, List<String> head)
      throws IOException {
    lock(file, channel);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until all of it is there.
    }
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    List<String> lines = new ArrayList<>(whole.lines().toList());
    LineFile opened = new LineFile(file, channel, head, lines);
    for (int i = 0; i < head.size(); i++) {
      if (i == lines.size()) {
        opened.append(head.get(i));
      } else if (!lines.get(i).equals(head.get(i))) {
        throw new DataException(
            "%s:%d: found '%s', expected '%s'; choose another file"
                .formatted(file, i + 1, lines.get(i), head.get(i)));
      }
    }
    return opened;
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return;
      }
    } catch (OverlappingFileLockException here) {
      throw new DataException("%s: is being written to by this process".formatted(file), here);
    }
    throw new DataException("%s: is being written to by another process".formatted(file));
  }

  /** The lines below the head. */
  List<String> body() {
    return List.copyOf(lines.subList(head.size(), lines.size()));
  }

  /** Writes one more line, to the disk. */
  void append(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
      lines.add(line);
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }

  private static UncheckedIOException unwritable(Path file, IOException failure) {
    return new UncheckedIOException(
        "%s: cannot be written (%s)".formatted(file, failure.getMessage()), failure);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw unwritable(file, failure);
    }
  }
}
