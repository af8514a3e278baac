package espalier.core.study;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The record of a run: one append-only file of JSON objects, each on a line behind its checksum. A
 * process killed at any byte leaves a torn last line at most; opening the journal drops it.
 */
public final class Journal implements AutoCloseable {
  private static final int CHECKSUM_DIGITS = 8;

  private final Path file;
  private final FileChannel channel;
  private final List<JsonDocument> entries;

  private Journal(Path file, FileChannel channel, List<JsonDocument> entries) {
    this.file = file;
    this.channel = channel;
    this.entries = entries;
  }

  /**
   * Opens a journal, or starts an empty one. The file is locked until the journal is closed.
   *
   * @throws DataException if a line before the last is damaged, or another process holds the file
   */
  public static Journal open(Path file) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        lock(channel, file);
        return read(file, channel);
      } catch (IOException | RuntimeException failure) {
        channel.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s: cannot be opened (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  /**
   * The first entry of a journal, read without opening it for writing; empty where there is none.
   */
  static Optional<JsonDocument> first(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return Optional.ofNullable(lines.readLine())
          .filter(Journal::isWhole)
          .map(line ->
              JsonDocument.parse(
                  file.getFileName() + " entry 1", line.substring(CHECKSUM_DIGITS + 1)));
    } catch (IOException failure) {
      throw new DataException(
          "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    boolean held;
    try {
      held = channel.tryLock() == null;
    } catch (OverlappingFileLockException sameProcess) {
      held = true;
    }
    if (held) {
      throw new DataException(
          "%s: another run is writing to it; wait for its end or use another folder"
              .formatted(file));
    }
  }

  private static Journal read(Path file, FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // A channel may hand out a file in pieces.
    }
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    List<JsonDocument> entries = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      String line = text.substring(from, end);
      if (!isWhole(line)) {
        boolean last = end + 1 == text.length();
        if (!last) {
          throw new DataException(
              "%s: entry %d is damaged; restore the file or start in another folder"
                  .formatted(file, entries.size() + 1));
        }
        break;
      }
      String place = file.getFileName() + " entry " + (entries.size() + 1);
      entries.add(JsonDocument.parse(place, line.substring(CHECKSUM_DIGITS + 1)));
      from = end + 1;
    }
    channel.truncate(text.substring(0, from).getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    return new Journal(file, channel, entries);
  }

  private static boolean isWhole(String line) {
    return line.length() > CHECKSUM_DIGITS
        && line.charAt(CHECKSUM_DIGITS) == ' '
        && line.startsWith(checksum(line.substring(CHECKSUM_DIGITS + 1)));
  }

  private static String checksum(String text) {
    CRC32C checksum = new CRC32C();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(checksum.getValue());
  }

  /** Appends an entry; when this returns, the entry is on the disk. */
  public void append(String type, Json.Obj content) {
    Json.Obj entry = Json.object().with("type", Json.of(type));
    for (var member : content.members().entrySet()) {
      entry = entry.with(member.getKey(), member.getValue());
    }
    String text = entry.compact();
    ByteBuffer line =
        ByteBuffer.wrap((checksum(text) + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      long start = channel.size();
      try {
        while (line.hasRemaining()) {
          channel.write(line);
        }
        channel.force(false);
      } catch (IOException failure) {
        channel.truncate(start);
        throw failure;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s: cannot be written (%s); what it held is untouched"
              .formatted(file, failure.getMessage()),
          failure);
    }
    entries.add(JsonDocument.of(file.getFileName() + " entry " + (entries.size() + 1), entry));
  }

  /** All entries, oldest first. */
  public List<JsonDocument> entries() {
    return List.copyOf(entries);
  }

  /** Entries of one type, oldest first. */
  public List<JsonDocument> entries(String type) {
    return entries.stream().filter(entry -> entry.string("type").equals(type)).toList();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "%s: cannot be closed (%s)".formatted(file, failure.getMessage()), failure);
    }
  }
}
