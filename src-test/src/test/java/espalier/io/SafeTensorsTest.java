package espalier.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.io.SafeTensors;
import espalier.core.io.StoredTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTensorsTest {
  @TempDir private Path folder;

  private static final SafeTensors SMALL =
      new SafeTensors(
          Map.of(
              "w", new StoredTensor.F32(List.of(2, 2), new float[] {1, -2, 0.5f, Float.NaN}),
              "n", new StoredTensor.I32(List.of(), new int[] {7}),
              "é", new StoredTensor.F32(List.of(0, 3), new float[0])),
          Map.of("format", "1"));

  @Test
  void writtenTensorsReadBackToTheBit() throws IOException {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      // A multiplicative hash visits all kinds of bit patterns, NaNs with payloads among them.
      values[i] = Float.intBitsToFloat(i * 0x9E3779B1);
    }
    int[] counts = new int[70_001];
    Arrays.setAll(counts, i -> i * 0x85EBCA77);
    var tensors =
        new SafeTensors(
            Map.of(
                "a.weight", new StoredTensor.F32(List.of(values.length, 1), values),
                "b", new StoredTensor.I32(List.of(counts.length), counts)),
            Map.of());
    assertThat(read(bytes(tensors))).isEqualTo(tensors);
    assertThat(read(bytes(SMALL))).isEqualTo(SMALL);
  }

  @Test
  void theOrderTensorsAreGivenInDoesNotChangeTheBytes() throws IOException {
    var backwards = new TreeMap<String, StoredTensor>(Comparator.reverseOrder());
    backwards.putAll(SMALL.tensors());
    assertThat(bytes(new SafeTensors(backwards, SMALL.metadata()))).isEqualTo(bytes(SMALL));
  }

  @Test
  void dataBeginAtAMultipleOfEightBytes() throws IOException {
    var names = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      names.append('x');
      var tensor = new StoredTensor.I32(List.of(), new int[] {1});
      var bytes = bytes(new SafeTensors(Map.of(names.toString(), tensor), Map.of()));
      assertThat((bytes.length - Integer.BYTES) % 8).isZero();
    }
  }

  /** Written by the reference implementation, safetensors.numpy.save. */
  @Test
  void theReferenceImplementationsFileIsRead() throws IOException {
    var header =
        "{\"__metadata__\":{\"format\":\"1\"},"
            + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},"
            + "\"n\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[16,20]}}    ";
    var data = HexFormat.of().parseHex("0000803f000000c00000003f0000807f07000000");
    float[] values = {1, -2, 0.5f, Float.POSITIVE_INFINITY};
    assertThat(read(file(header, data)))
        .isEqualTo(
            new SafeTensors(
                Map.of(
                    "e", new StoredTensor.F32(List.of(0, 3), new float[0]),
                    "w", new StoredTensor.F32(List.of(2, 2), values),
                    "n", new StoredTensor.I32(List.of(), new int[] {7})),
                Map.of("format", "1")));
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    byte[] whole = bytes(SMALL);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("model.safetensors: ");
    }
  }

  @Test
  void aFlippedBitIsRefusedOrChangesValuesAlone() throws IOException {
    byte[] whole = bytes(SMALL);
    int refused = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(read(flipped).tensors()).hasSize(SMALL.tensors().size());
      } catch (DataException e) {
        refused++;
        assertThat(e).hasMessageStartingWith("model.safetensors: ");
      }
    }
    // All of the length and nearly all of the header must be caught; the data cannot be.
    assertThat(refused).isGreaterThan(whole.length * 8 / 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{'a':{'dtype':'F64','shape':[1],'data_offsets':[0,8]}}~"
            + "tensor 'a' is of type F64, only F32 and I32 are read; convert it first",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}~"
            + "tensor 'a' of shape [3] needs 12 bytes, its data_offsets span 8;",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,8]}}~"
            + "tensor 'a' has the impossible shape [-1];",
        "{'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,8]}}~"
            + "tensor 'a' has the impossible shape",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}~"
            + "tensor 'a' begins at byte 4 of the data, the one before ends at 0;",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'b':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}~"
            + "tensor 'b' begins at byte 0 of the data, the one before ends at 4;",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}~"
            + "its tensors take 4 bytes of data, the file holds 8;",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}~"
            + "its tensors take 12 bytes of data, the file holds 8;",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}~"
            + "tensor 'a' has data_offsets [8, 0], wanted [begin, end];",
        "{'a':{'dtype':'F32','shape':[2]}}~header: 'a.data_offsets' is missing",
        "{'a':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}~"
            + "header: 'a.shape' must be an array, found the number 2",
        "{'a':1,'a':2}~header: line 1, column 8: the name 'a' is given twice",
        "{'__metadata__':{'a':1}}~header: '__metadata__.a' must be a string, found the number 1",
        "[]~its header does not begin with '{'",
      })
  void aHeaderThatDoesNotFitItsDataIsRefused(String header, String error) {
    byte[] bytes = file(header.replace('\'', '"'), new byte[8]);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("model.safetensors: " + error);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1000, 1L << 40, Long.MIN_VALUE})
  void aHeaderLengthBeyondTheFileIsRefused(long length) {
    byte[] bytes = file("{}", new byte[0]);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "model.safetensors: claims a header of %s bytes in a file of 10;"
                    .formatted(Long.toUnsignedString(length))
                + " it is damaged or not a safetensors file");
  }

  @Test
  void aMissingFileIsNamed() {
    var file = folder.resolve("model.safetensors");
    assertThatThrownBy(() -> SafeTensors.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": no such file; check the path");
  }

  @Test
  void shapesAndValuesMustAgree() {
    assertThatThrownBy(() -> new StoredTensor.F32(List.of(2, 3), new float[5]))
        .hasMessage("shape [2, 3] needs 6 values, found 5");
    var tensor = new StoredTensor.I32(List.of(), new int[1]);
    assertThatThrownBy(() -> new SafeTensors(Map.of("__metadata__", tensor), Map.of()))
        .hasMessageContaining("__metadata__");
  }

  private static byte[] bytes(SafeTensors tensors) throws IOException {
    var out = new ByteArrayOutputStream();
    tensors.writeTo(out);
    return out.toByteArray();
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }

  private SafeTensors read(byte[] bytes) throws IOException {
    return SafeTensors.read(Files.write(folder.resolve("model.safetensors"), bytes));
  }
}
