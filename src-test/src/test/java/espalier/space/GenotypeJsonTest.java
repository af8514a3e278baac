package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.random.Philox;
import espalier.core.space.CellBased;
import espalier.core.space.DartsSpace;
import espalier.core.space.GenotypeJson;
import espalier.core.space.Nb201Space;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Architectures survive the way through a file, and damaged files say where. */
final class GenotypeJsonTest {
  private static final DartsSpace DARTS = DartsSpace.cifar();

  private static Stream<CellBased<?>> spaces() {
    return Stream.of(DARTS, Nb201Space.standard());
  }

  @ParameterizedTest
  @MethodSource("spaces")
  <A> void architecturesReadAsTheyWereWritten(CellBased<A> space) {
    for (int trial = 0; trial < 50; trial++) {
      A architecture = space.sample(Philox.of(7, "json").trial(trial));
      String text = GenotypeJson.write(space, architecture).pretty();
      assertThat(GenotypeJson.read(space, JsonDocument.parse("genotype.json", text)))
          .isEqualTo(architecture);
    }
  }

  @Test
  void cellsMayBeLeftOut() {
    Json.Obj document =
        Json.object()
            .with("format", Json.of(1))
            .with("space", Json.of("darts"))
            .with("notation", Json.of(PublishedGenotypes.DARTS_V1_TEXT));
    assertThat(GenotypeJson.read(DARTS, JsonDocument.of("genotype.json", document)))
        .isEqualTo(PublishedGenotypes.DARTS_V1);
  }

  @Test
  void damagedDocumentsAreRefused() {
    Json.Obj good = GenotypeJson.write(DARTS, PublishedGenotypes.DARTS_V1);
    assertRefused(
        good.with("space", Json.of("nas-bench-201")),
        "genotype.json: 'space' is 'nas-bench-201', expected 'darts'");
    assertRefused(good.with("format", Json.of(2)), "genotype.json: 'format' must be 1");
    assertRefused(
        good.with("notation", Json.of("Genotype[")),
        "genotype.json: 'notation' cannot be read: genotype: found '[' at 9, expected '('");
    assertRefused(
        good.with("notation", Json.of(PublishedGenotypes.DARTS_V2_TEXT)),
        "genotype.json: 'cells' must describe the architecture that 'notation' does; correct one,"
            + " or drop it");
    assertRefused(
        good.with("cell", Json.of(1)),
        "genotype.json: 'cell' is not known here; known are format, space, notation, cells");
    assertRefused(Json.object(), "genotype.json: 'format' is missing");
  }

  private static void assertRefused(Json.Obj document, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> GenotypeJson.read(DARTS, JsonDocument.of("genotype.json", document)))
        .withMessage(message);
  }
}
