package espalier.core.data;

import espalier.core.io.Column;
import espalier.core.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over a canonical form of labelled images or tables. */
public final class ContentHash {
  /*
   * The canonical form, all numbers little-endian: the kind of values ("u8" or "f32"), height, width,
   * channels, the class names, the number of images, the labels, the values. A text is its length
   * in bytes followed by its UTF-8 form, so no two contents share a form.
   */
  private final MessageDigest digest = Sha256.digest();

  private ContentHash() {}

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

  /** The hash of a table and its target. */
  static String of(LabelledTable table) {
    var hash = new ContentHash();
    hash.text("table");
    hash.number(table.rows());
    hash.number(table.features().columns().size());
    for (Column column : table.features().columns()) {
      hash.column(column);
    }
    switch (table.target()) {
      case Target.Classes(List<String> names, int[] labels) -> {
        hash.number(names.size());
        names.forEach(hash::text);
        Arrays.stream(labels).forEach(hash::number);
      }
      case Target.Values(double[] values) -> hash.numbers(values);
    }
    return hash.hex();
  }

  private void column(Column column) {
    text(column.name());
    switch (column) {
      case Column.Numeric(String _, double[] values) -> numbers(values);
      case Column.Categorical(String _, List<String> values) -> values.forEach(this::text);
    }
  }

  private void numbers(double[] values) {
    var bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    digest.update(bytes.array());
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
