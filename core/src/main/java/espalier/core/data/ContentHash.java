package espalier.core.data;

import espalier.core.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** SHA-256 over a canonical form of labelled images. */
public final class ContentHash {
  /*
   * The canonical form, all numbers little-endian: the kind of values ("u8" or "f32"), height, width,
   * channels, the class names, the number of images, the labels, the values. A text is its length
   * in bytes followed by its UTF-8 form, so no two contents share a form.
   */
  private final MessageDigest digest = Sha256.digest();

  private ContentHash(String kind, ImageSource images) {
    text(kind);
    var spec = images.image();
    number(spec.height());
    number(spec.width());
    number(spec.channels());
    number(images.classNames().size());
    images.classNames().forEach(this::text);
    number(images.size());
    for (int i = 0; i < images.size(); i++) {
      number(images.label(i));
    }
  }

  /** The hash of any source, over the values it reads as. */
  public static String of(ImageSource images) {
    var hash = new ContentHash("f32", images);
    var values = new float[images.image().values()];
    var bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < images.size(); i++) {
      images.read(i, values, 0);
      bytes.asFloatBuffer().put(values);
      hash.digest.update(bytes.array());
    }
    return hash.hex();
  }

  static String ofBytes(ImageSource images, byte[] pixels) {
    var hash = new ContentHash("u8", images);
    hash.digest.update(pixels);
    return hash.hex();
  }

  private void number(int value) {
    digest.update(
        new byte[] {
          (byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)
        });
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    digest.update(bytes);
  }

  private String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
