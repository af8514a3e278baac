package espalier.datasets;

import espalier.core.io.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reading of whole files and folders, with errors that name them. */
final class DataFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private DataFile() {}

  /** All bytes of a file; one that begins with the gzip magic number is unpacked. */
  static byte[] read(Path file) {
    try (var in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
      in.mark(2);
      boolean packed = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      return packed ? unpack(file, in) : in.readAllBytes();
    } catch (NoSuchFileException missing) {
      throw new DataException("%s: no such file; check the path".formatted(file), missing);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    } catch (OutOfMemoryError tooLarge) {
      throw new DataException(
          "%s: does not fit into memory; give Java more with -Xmx".formatted(file), tooLarge);
    }
  }

  private static byte[] unpack(Path file, InputStream packed) throws IOException {
    try (var in = new GZIPInputStream(packed, BUFFER_BYTES)) {
      return in.readAllBytes();
    } catch (EOFException cut) {
      throw new DataException(
          "%s: the gzip data end too early; the file was cut off, get it again".formatted(file),
          cut);
    } catch (ZipException corrupt) {
      throw new DataException(
          "%s: the gzip data are corrupt (%s); get the file again"
              .formatted(file, corrupt.getMessage()),
          corrupt);
    }
  }

  /** The entries of a folder, hidden ones left out, in the order of their names. */
  static List<Path> list(Path folder) {
    try (var entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .sorted((a, b) -> name(a).compareTo(name(b)))
          .toList();
    } catch (NotDirectoryException notFolder) {
      throw new DataException("%s: is not a folder".formatted(folder), notFolder);
    } catch (IOException failure) {
      throw unreadable(folder, failure);
    }
  }

  /** The entries whose whole names match a regular expression. */
  static List<Path> list(Path folder, String pattern) {
    return list(folder).stream().filter(entry -> name(entry).matches(pattern)).toList();
  }

  static String name(Path file) {
    return file.getFileName().toString();
  }

  static DataException unreadable(Path file, IOException failure) {
    return new DataException(
        "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
  }
}
