package espalier.core.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named tensors and a few words about them, stored in the safetensors format: the length of the
 * header as a 64-bit little-endian number, the header in JSON (for each name its type, shape and
 * place in the data), the data. Tensors of 32-bit floats and integers are supported.
 *
 * <p>The same tensors always make the same bytes: names are written in their natural order, and the
 * header is padded with spaces so that the data begin at a multiple of eight bytes.
 *
 * @param tensors the tensors by name
 * @param metadata free text by name, such as a format version
 */
public record SafeTensors(SortedMap<String, StoredTensor> tensors, Map<String, String> metadata) {
  static final String METADATA = "__metadata__";
  static final int ALIGNMENT = 8;

  private static final int CHUNK_BYTES = 1 << 16;

  public SafeTensors(Map<String, ? extends StoredTensor> tensors, Map<String, String> metadata) {
    this(Collections.unmodifiableSortedMap(new TreeMap<>(tensors)), metadata);
  }

  public SafeTensors {
    if (tensors.containsKey(METADATA)) {
      throw new IllegalArgumentException(
          "a tensor cannot be called %s: the format keeps that name".formatted(METADATA));
    }
    var inOrder = new TreeMap<String, StoredTensor>();
    inOrder.putAll(tensors);
    tensors = Collections.unmodifiableSortedMap(inOrder);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a whole file.
   *
   * @throws DataException if it is missing, damaged or not a safetensors file
   */
  public static SafeTensors read(Path file) {
    return SafeTensorsReader.read(file);
  }

  /** Writes the file whole or not at all, see {@link AtomicFile}. */
  public void write(Path file) {
    AtomicFile.write(file, this::writeTo);
  }

  public void writeTo(OutputStream out) throws IOException {
    byte[] header = header();
    var length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    for (var tensor : tensors.values()) {
      switch (tensor) {
        case StoredTensor.F32(var _, float[] values) -> writeFloats(out, values);
        case StoredTensor.I32(var _, int[] values) -> writeInts(out, values);
      }
    }
  }

  private byte[] header() {
    Map<String, Json> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      var text = new LinkedHashMap<String, Json>();
      metadata.forEach((name, value) -> text.put(name, Json.of(value)));
      header.put(METADATA, Json.object(text));
    }
    long begin = 0;
    for (var entry : tensors.entrySet()) {
      var tensor = entry.getValue();
      long end = begin + bytes(tensor);
      List<Json> shape = new ArrayList<>();
      tensor.shape().forEach(extent -> shape.add(Json.of(extent)));
      header.put(
          entry.getKey(),
          Json.object()
              .with("dtype", Json.of(type(tensor)))
              .with("shape", Json.array(shape))
              .with("data_offsets", Json.array(List.of(Json.of(begin), Json.of(end)))));
      begin = end;
    }
    var json = Json.object(header).compact().getBytes(StandardCharsets.UTF_8);
    int padding = Math.floorMod(-json.length, ALIGNMENT);
    var padded = ByteBuffer.allocate(json.length + padding).put(json);
    while (padded.hasRemaining()) {
      padded.put((byte) ' ');
    }
    return padded.array();
  }

  private static String type(StoredTensor tensor) {
    return switch (tensor) {
      case StoredTensor.F32 _ -> "F32";
      case StoredTensor.I32 _ -> "I32";
    };
  }

  private static long bytes(StoredTensor tensor) {
    return switch (tensor) {
      case StoredTensor.F32(var _, float[] values) -> (long) values.length * Float.BYTES;
      case StoredTensor.I32(var _, int[] values) -> (long) values.length * Integer.BYTES;
    };
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    var chunk = new byte[CHUNK_BYTES];
    var view = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (int i = 0; i < values.length; i += view.capacity()) {
      int count = Math.min(view.capacity(), values.length - i);
      view.clear().put(values, i, count);
      out.write(chunk, 0, count * Float.BYTES);
    }
  }

  private static void writeInts(OutputStream out, int[] values) throws IOException {
    var chunk = new byte[CHUNK_BYTES];
    var view = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    for (int i = 0; i < values.length; i += view.capacity()) {
      int count = Math.min(view.capacity(), values.length - i);
      view.clear().put(values, i, count);
      out.write(chunk, 0, count * Integer.BYTES);
    }
  }
}
