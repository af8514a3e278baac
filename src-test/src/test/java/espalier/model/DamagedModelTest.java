package espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.nn.Model;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever is done to a model's files, loading answers a model or one sentence of what is wrong.
 */
class DamagedModelTest {
  private static final byte[] WEIGHTS = HandwrittenModel.weights(HandwrittenModel.HEADER);

  @TempDir Path folder;
  private Backend backend;

  @BeforeEach
  void open() {
    backend = Backends.open("reference", BackendOptions.threads(1));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  private void load() {
    Model.load(folder, backend).close();
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::load).isInstanceOf(DataException.class).hasMessageContaining(message);
  }

  @Test
  void aHeadCutAnywhereIsRefused() throws IOException {
    String head = HandwrittenModel.head().stripTrailing();
    for (int length = 0; length < head.length(); length += 5) {
      HandwrittenModel.write(folder, head.substring(0, length), WEIGHTS);
      assertRefused("model.json: line ");
    }
  }

  @Test
  void weightsCutAnywhereAreRefused() throws IOException {
    for (int length = 0; length < WEIGHTS.length; length += 3) {
      HandwrittenModel.write(folder, HandwrittenModel.head(), Arrays.copyOf(WEIGHTS, length));
      assertRefused("model.safetensors: its SHA-256 is ");
    }
  }

  @Test
  void aFlippedBitInTheWeightsIsRefused() throws IOException {
    for (int i = 0; i < WEIGHTS.length; i++) {
      byte[] flipped = WEIGHTS.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      HandwrittenModel.write(folder, HandwrittenModel.head(), flipped);
      assertRefused("copy both again");
    }
  }

  @Test
  void aFlippedBitInTheHeadIsRefusedOrHarmless() throws IOException {
    byte[] head = HandwrittenModel.head().getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("model.safetensors"), WEIGHTS);
    int refused = 0;
    for (int i = 0; i < head.length; i++) {
      byte[] flipped = head.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Files.write(folder.resolve("model.json"), flipped);
      try {
        load();
      } catch (DataException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(head.length / 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"conv\":{ | \"cnov\":{ | tensor 'cnov' is no variable of the graph in model.json",
        "\"shape\":[3,2] | \"shape\":[2,3] | tensor 'linear' is F32[2, 3]",
        "\"dtype\":\"F32\",\"shape\":[3] | \"dtype\":\"I32\",\"shape\":[3] | tensor 'bias' is I32",
        "[12,44] | [12,40] | needs 32 bytes"
      })
  void weightsThatDoNotFitTheGraphAreRefusedThoughTheirChecksumIsRight(
      String from, String to, String message) throws IOException {
    HandwrittenModel.writeConsistently(folder, HandwrittenModel.HEADER.replace(from, to));
    assertRefused(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"version\": 1 | \"version\": 2 | 'version' is 2, this release reads 1",
        "espalier-model | other-model | 'format' is 'other-model'",
        "\"triangle\" | \"nearest\" | 'input.resizing' is 'nearest'",
        "\"height\": 2 | \"height\": 3 | model.json: model: the graph's feeds are",
        "[1.0, 1.0] | [1.0, 0.0] | deviations positive",
        "\"bee\" | \"ant\" | the label 'ant' is given twice",
        "\"bee\", | '' | expected [1, 2] for 2 labels",
        "conv2d | conv4d | 'graph.nodes[2].op' is 'conv4d', which is no operation known here",
        "[0, 1] | [0, 2] | 'graph.nodes[2].inputs[1]' is 2, wanted the id of an earlier node",
        "[0, 1] | [0] | 'graph.nodes[2].inputs' has 1 elements, not what conv2d takes",
        "\"id\": 4 | \"id\": 5 | 'graph.nodes[4].id' is 5, wanted its position 4",
        "\"groups\": 1 | \"groups\": 2 | input has 2 channels, weights expect 4",
        "\"groups\": 1, | \"groups\": 1, \"bias\": 1, | 'graph.nodes[2].bias' is not known here",
        "[1, 1, 1, 2] | [1, 1, 2, 1] | 'graph.nodes[3].shape' is [1, 1, 2, 1], its inputs make it",
        "\"axes\": [1, 3] | \"axes\": [0, 3] | could mix the images of a batch",
        "[4, 5] | [5, 4] | 'graph.nodes[6]' is not possible: matmul",
        "\"output\": 8 | \"output\": 7 | its output does not depend on the images",
        "\"dilation\": [1, 1] | \"dilation\": [1, 99999] | is 99999, wanted 1 to 64",
        "\"shape\": [1, 2] | \"shape\": [16777216, 16777216] | not possible",
        "\"inputs\": [2] | \"inputs\": 2 | 'graph.nodes[3].inputs' must be an array"
      })
  void aTamperedHeadIsRefusedWithThePlaceAndTheReason(String from, String to, String message)
      throws IOException {
    String tampered = HandwrittenModel.head().replace(from, to);
    assertThat(tampered).isNotEqualTo(HandwrittenModel.head());
    HandwrittenModel.write(folder, tampered, WEIGHTS);
    assertRefused(message);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    assertRefused("no such file");
    Files.writeString(folder.resolve("model.json"), HandwrittenModel.head());
    assertRefused("model.safetensors: no such file; copy it beside model.json");
  }
}
