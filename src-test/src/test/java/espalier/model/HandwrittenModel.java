package espalier.model;

import espalier.core.io.Image;
import espalier.core.io.ImageSpec;
import espalier.core.io.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model written by hand: a 2×1 convolution of a 2×2 image of two channels, the sum over the image
 * and a linear map to three classes. Its {@code model.json} is a resource.
 *
 * <p>With the file's weights W[o][i][h] = 1 2, 3 4 | 5 6, 7 8 and the image's pixels (1, 0), (0, 1)
 * above (1, 1), (0, 0), the left column gives 1 + 2 + 4 = 7 and 5 + 6 + 8 = 19, the right one 3 and
 * 7; the sums 10 and 26 times (1 0), (0 1), (2 −1) plus 0.5, −1, 0 are 10.5, 25 and −6.
 */
final class HandwrittenModel {
  static final String HEADER =
      "{\"__metadata__\":{\"format\":\"espalier-model\"},"
          + "\"bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
          + "\"conv\":{\"dtype\":\"F32\",\"shape\":[2,2,2,1],\"data_offsets\":[12,44]},"
          + "\"linear\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[44,68]}}";

  private static final float[] VALUES = {0.5f, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 0, 0, 1, 2, -1};

  private HandwrittenModel() {}

  static String head() {
    try (InputStream in = HandwrittenModel.class.getResourceAsStream("model.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The weights file with this header, as its format prescribes. */
  static byte[] weights(String header) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(text.length, 8) * 8;
    ByteBuffer file =
        ByteBuffer.allocate(8 + padded + 4 * VALUES.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(padded).put(text);
    while (file.position() < 8 + padded) {
      file.put((byte) ' ');
    }
    for (float value : VALUES) {
      file.putFloat(value);
    }
    return file.array();
  }

  static void write(Path folder, String head, byte[] weights) throws IOException {
    Files.writeString(folder.resolve("model.json"), head);
    Files.write(folder.resolve("model.safetensors"), weights);
  }

  /** Writes weights with another header, and a head that names their checksum. */
  static void writeConsistently(Path folder, String header) throws IOException {
    byte[] weights = weights(header);
    String head = head().replace(Sha256.of(weights(HEADER)), Sha256.of(weights));
    write(folder, head, weights);
  }

  static Image image() {
    byte one = (byte) 255;
    return Image.of(new ImageSpec(2, 2, 2), new byte[] {one, 0, 0, one, one, one, 0, 0});
  }
}
