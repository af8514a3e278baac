package espalier.datasets;

import espalier.core.io.DataException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An array of unsigned bytes in the IDX format: two zero bytes, the type (8 for unsigned bytes),
 * the number of dimensions, each extent as a 32-bit big-endian number, the values in row-major
 * order [LeCun, Cortes, Burges: The MNIST database].
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record IdxArray(int[] shape, byte[] values) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int MAX_DIMENSIONS = 4;

  static IdxArray read(Path file) {
    byte[] bytes = DataFile.read(file);
    if (bytes.length < Integer.BYTES) {
      throw new DataException(
          "%s: has %d bytes, fewer than an IDX header; get the file again"
              .formatted(file, bytes.length));
    }
    var header = ByteBuffer.wrap(bytes);
    int magic = header.getInt();
    int dimensions = magic & 0xFF;
    if (magic >>> 8 != UNSIGNED_BYTE || dimensions == 0 || dimensions > MAX_DIMENSIONS) {
      throw new DataException(
          "%s: begins with 0x%08x, an IDX file of bytes with 0x000008 and 1 to %d dimensions"
                  .formatted(file, magic, MAX_DIMENSIONS)
              + "; it is damaged or of another format");
    }
    if (header.remaining() < dimensions * Integer.BYTES) {
      throw new DataException("%s: ends within its header; get the file again".formatted(file));
    }
    var shape = new int[dimensions];
    Arrays.setAll(shape, i -> header.getInt());
    if (Arrays.stream(shape).anyMatch(extent -> extent < 0) || !fits(shape, header.remaining())) {
      throw new DataException(
          "%s: announces an array of %s bytes and holds %d; it was cut off or is damaged"
              .formatted(file, Arrays.toString(shape), header.remaining()));
    }
    return new IdxArray(shape, Arrays.copyOfRange(bytes, header.position(), bytes.length));
  }

  /** Whether the extents multiply to {@code count}, without overflow on the way. */
  private static boolean fits(int[] shape, int count) {
    long product = 1;
    for (int extent : shape) {
      product *= extent;
      if (product > Integer.MAX_VALUE) {
        return false;
      }
    }
    return product == count;
  }
}
