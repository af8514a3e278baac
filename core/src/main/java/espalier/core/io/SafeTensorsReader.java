package espalier.core.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a safetensors file and believes none of its numbers before they are checked. */
final class SafeTensorsReader {
  /*
   * Sizes are compared with the size of the file before anything is allocated, so a damaged header
   * cannot ask for more memory than the file itself takes. The data must be covered exactly: a
   * hole or an overlap means that a header and its data do not belong together.
   */
  private static final long MAX_HEADER_BYTES = 100_000_000;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final String REMEDY = "the file is damaged: copy or write it again";

  private final Path file;
  private final String source;
  private final FileChannel channel;

  private SafeTensorsReader(Path file, FileChannel channel) {
    this.file = file;
    this.source = String.valueOf(file.getFileName());
    this.channel = channel;
  }

  /** One tensor's line in the header; offsets count from the beginning of the data. */
  private record Entry(String name, String type, List<Integer> shape, long begin, long end) {}

  static SafeTensors read(Path file) {
    try (var channel = FileChannel.open(file)) {
      return new SafeTensorsReader(file, channel).read();
    } catch (NoSuchFileException missing) {
      throw new DataException("%s: no such file; check the path".formatted(file), missing);
    } catch (EOFException shrunk) {
      throw new DataException("%s: shrank while it was read".formatted(file), shrunk);
    } catch (IOException failure) {
      throw new DataException(
          "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  private SafeTensors read() throws IOException {
    long headerBytes = headerBytes();
    var header = JsonDocument.parse(source + ": header", headerText((int) headerBytes));
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (var name : header.names()) {
      if (name.equals(SafeTensors.METADATA)) {
        var words = header.get(name);
        words.names().forEach(word -> metadata.put(word, words.string(word)));
      } else {
        entries.add(entry(name, header.get(name)));
      }
    }
    long data = Long.BYTES + headerBytes;
    requireCovered(entries, channel.size() - data);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (var entry : entries) {
      channel.position(data + entry.begin());
      tensors.put(entry.name(), tensor(entry));
    }
    return new SafeTensors(tensors, metadata);
  }

  private long headerBytes() throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw bad("has %d bytes, fewer than the 8 that give the header's length".formatted(size));
    }
    long length = littleEndian(Long.BYTES).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES || length > size - Long.BYTES) {
      throw bad(
          "claims a header of %s bytes in a file of %d; it is damaged or not a safetensors file"
              .formatted(Long.toUnsignedString(length), size));
    }
    return length;
  }

  private String headerText(int bytes) throws IOException {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(littleEndian(bytes)).toString();
      if (text.charAt(0) != '{') {
        throw bad("its header does not begin with '{'; it is damaged or not a safetensors file");
      }
      return text;
    } catch (CharacterCodingException notText) {
      throw new DataException(
          "%s: its header is not UTF-8 text; %s".formatted(source, REMEDY), notText);
    }
  }

  private Entry entry(String name, JsonDocument line) {
    line.allowOnly("dtype", "shape", "data_offsets");
    var type = line.string("dtype");
    if (!type.equals("F32") && !type.equals("I32")) {
      throw bad(
          "tensor '%s' is of type %s, only F32 and I32 are read; convert it first"
              .formatted(name, type));
    }
    var shape = line.list("shape").stream().map(JsonDocument::asInt).toList();
    var offsets = line.list("data_offsets").stream().map(JsonDocument::asLong).toList();
    if (offsets.size() != 2 || offsets.get(0) < 0 || offsets.get(1) < offsets.get(0)) {
      throw bad(
          "tensor '%s' has data_offsets %s, wanted [begin, end]; %s"
              .formatted(name, offsets, REMEDY));
    }
    var entry = new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    requireBytes(entry);
    return entry;
  }

  private void requireBytes(Entry entry) {
    long wanted = Float.BYTES;
    for (int extent : entry.shape()) {
      boolean overflows = extent != 0 && wanted > Long.MAX_VALUE / Math.max(extent, 1);
      if (extent < 0 || overflows) {
        throw bad(
            "tensor '%s' has the impossible shape %s; %s"
                .formatted(entry.name(), entry.shape(), REMEDY));
      }
      wanted *= extent;
    }
    long found = entry.end() - entry.begin();
    if (found != wanted) {
      throw bad(
          "tensor '%s' of shape %s needs %d bytes, its data_offsets span %d; %s"
              .formatted(entry.name(), entry.shape(), wanted, found, REMEDY));
    }
    if (wanted / Float.BYTES > Integer.MAX_VALUE - 8) {
      throw bad(
          "tensor '%s' of shape %s is too large for one array; split it"
              .formatted(entry.name(), entry.shape()));
    }
  }

  private void requireCovered(List<Entry> entries, long dataBytes) {
    var inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (var entry : inOrder) {
      if (entry.begin() != covered) {
        throw bad(
            "tensor '%s' begins at byte %d of the data, the one before ends at %d; %s"
                .formatted(entry.name(), entry.begin(), covered, REMEDY));
      }
      covered = entry.end();
    }
    if (covered != dataBytes) {
      throw bad(
          "its tensors take %d bytes of data, the file holds %d; %s"
              .formatted(covered, dataBytes, REMEDY));
    }
  }

  private StoredTensor tensor(Entry entry) throws IOException {
    int count = (int) ((entry.end() - entry.begin()) / Float.BYTES);
    if (entry.type().equals("I32")) {
      int[] values = new int[count];
      for (int i = 0; i < count; ) {
        var chunk = littleEndian((int) Math.min(CHUNK_BYTES, 4L * (count - i))).asIntBuffer();
        int taken = chunk.remaining();
        chunk.get(values, i, taken);
        i += taken;
      }
      return new StoredTensor.I32(entry.shape(), values);
    }
    float[] values = new float[count];
    for (int i = 0; i < count; ) {
      FloatBuffer chunk =
          littleEndian((int) Math.min(CHUNK_BYTES, 4L * (count - i))).asFloatBuffer();
      int taken = chunk.remaining();
      chunk.get(values, i, taken);
      i += taken;
    }
    return new StoredTensor.F32(entry.shape(), values);
  }

  /** The next {@code bytes} of the file, ready to be read. */
  private ByteBuffer littleEndian(int bytes) throws IOException {
    var buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException(file.toString());
      }
    }
    return buffer.flip();
  }

  private DataException bad(String what) {
    return new DataException("%s: %s".formatted(source, what));
  }
}
