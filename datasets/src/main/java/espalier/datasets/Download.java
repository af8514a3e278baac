package espalier.datasets;

import espalier.core.io.DataException;
import espalier.core.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Fetches files from one address into a folder. A file that is there with the right checksum is
 * left alone; one that was cut off goes on from where it ended. A file gets its name only when its
 * checksum is right.
 */
public final class Download {
  private static final int CONNECT_MILLIS = 20_000;
  private static final int STALL_MILLIS = 30_000;
  private static final int ATTEMPTS = 3;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final URI base;

  /**
   * A file to be fetched.
   *
   * @param name its name, at the address and in the folder
   * @param bytes its length
   * @param sha256 its checksum in lower-case hexadecimal
   */
  public record RemoteFile(String name, long bytes, String sha256) {}

  /** Told as bytes arrive, how many of a file's are here. */
  @FunctionalInterface
  public interface Progress {
    void update(RemoteFile file, long done);
  }

  /** A download from a folder's address; its path should end with a slash. */
  public Download(URI base) {
    this.base = base.getPath().endsWith("/") ? base : URI.create(base + "/");
  }

  /**
   * Fetches the files that the folder lacks, one after the other.
   *
   * @throws DataException if one cannot be fetched; what arrived is kept for the next attempt
   */
  public void fetch(List<RemoteFile> files, Path folder, Progress progress) {
    try {
      Files.createDirectories(folder);
      for (var file : files) {
        fetch(file, folder, progress);
      }
    } catch (IOException failure) {
      throw new DataException(
          "%s: cannot be written (%s); choose another folder or make room"
              .formatted(folder, failure.getMessage()),
          failure);
    }
  }

  private void fetch(RemoteFile file, Path folder, Progress progress) throws IOException {
    var target = folder.resolve(file.name());
    if (Files.exists(target) && Sha256.of(target).equals(file.sha256())) {
      progress.update(file, file.bytes());
      return;
    }
    var partial = folder.resolve(file.name() + ".partial");
    receive(file, partial, progress);
    var found = Sha256.of(partial);
    if (!found.equals(file.sha256())) {
      Files.delete(partial);
      throw new DataException(
          "%s: has the checksum %s, the publisher's file %s; try again or use another address"
              .formatted(address(file), found, file.sha256()));
    }
    Files.move(
        partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Completes the partial file; an attempt that brought nothing new is repeated a few times. */
  private void receive(RemoteFile file, Path partial, Progress progress) throws IOException {
    try (var out = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (out.size() > file.bytes()) {
        out.truncate(0);
      }
      int fruitless = 0;
      while (out.size() < file.bytes()) {
        long before = out.size();
        try {
          append(file, out, progress);
        } catch (ConnectionException broken) {
          fruitless = out.size() > before ? 0 : fruitless + 1;
          if (fruitless == ATTEMPTS) {
            throw new DataException(
                "%s: %d of %d bytes arrived (%s); run it again to go on from there"
                    .formatted(address(file), out.size(), file.bytes(), broken.getMessage()),
                broken);
          }
        }
      }
      out.force(true);
    }
  }

  private void append(RemoteFile file, FileChannel out, Progress progress) throws IOException {
    var connection = (HttpURLConnection) address(file).toURL().openConnection();
    try {
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(STALL_MILLIS);
      if (out.size() > 0) {
        connection.setRequestProperty("Range", "bytes=%d-".formatted(out.size()));
      }
      if (!accepted(file, connection, out.size())) {
        out.truncate(0);
      }
      if (status(connection) != RANGE_NOT_SATISFIABLE) {
        copy(file, connection, out, progress);
      }
    } finally {
      connection.disconnect();
    }
  }

  /** Whether the answer goes on from what is there; if not, it begins anew. */
  private boolean accepted(RemoteFile file, HttpURLConnection connection, long from)
      throws ConnectionException {
    int status = status(connection);
    return switch (status) {
      case HttpURLConnection.HTTP_PARTIAL -> {
        var range = connection.getHeaderField("Content-Range");
        if (range == null || !range.startsWith("bytes %d-".formatted(from))) {
          throw new DataException(
              "%s: asked for bytes from %d, answered with the range %s; use another address"
                  .formatted(address(file), from, range));
        }
        yield true;
      }
      case HttpURLConnection.HTTP_OK, RANGE_NOT_SATISFIABLE -> false;
      default -> {
        if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
          throw new ConnectionException(new IOException("status " + status));
        }
        throw new DataException(
            "%s: the server answered with status %d; check the address"
                .formatted(address(file), status));
      }
    };
  }

  private void copy(
      RemoteFile file, HttpURLConnection connection, FileChannel out, Progress progress)
      throws IOException {
    out.position(out.size());
    var buffer = new byte[BUFFER_BYTES];
    try (var in = body(connection)) {
      for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
        if (out.size() + count > file.bytes()) {
          out.truncate(0);
          throw new DataException(
              "%s: serves more than the %d bytes of the publisher's file; use another address"
                  .formatted(address(file), file.bytes()));
        }
        for (var rest = ByteBuffer.wrap(buffer, 0, count); rest.hasRemaining(); ) {
          out.write(rest);
        }
        progress.update(file, out.size());
      }
    }
    if (out.size() < file.bytes()) {
      throw new ConnectionException(new IOException("the connection ended early"));
    }
  }

  private URI address(RemoteFile file) {
    return base.resolve(file.name());
  }

  /* Trouble with the network is worth another attempt, trouble with the disk is not: tell them apart. */

  private static int status(HttpURLConnection connection) throws ConnectionException {
    try {
      return connection.getResponseCode();
    } catch (IOException network) {
      throw new ConnectionException(network);
    }
  }

  private static InputStream body(HttpURLConnection connection) throws ConnectionException {
    try {
      return connection.getInputStream();
    } catch (IOException network) {
      throw new ConnectionException(network);
    }
  }

  private static int read(InputStream in, byte[] buffer) throws ConnectionException {
    try {
      return in.read(buffer);
    } catch (IOException network) {
      throw new ConnectionException(network);
    }
  }

  private static final class ConnectionException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    ConnectionException(IOException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }
}
