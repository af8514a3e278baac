package espalier.cli;

import espalier.core.io.DataException;
import espalier.core.io.JsonDocument;
import espalier.core.space.Cell;
import espalier.core.space.CellBased;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import espalier.core.space.GenotypeJson;
import espalier.core.space.GenotypeNotation;
import espalier.core.space.Nb201Space;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * An architecture as it was given: a notation, or a document that holds one.
 *
 * @param name what errors call it
 * @param text the notation, or the document's text
 */
record GenotypeSource(String name, String text) {
  private static final String DARTS_PREFIX = "Genotype";
  private static final String NASBENCH201_PREFIX = "|";

  /** Takes {@code value} for a notation where it looks like one, and for a file otherwise. */
  static GenotypeSource of(String value) {
    String text = value.strip();
    return text.startsWith(DARTS_PREFIX) || text.startsWith(NASBENCH201_PREFIX)
        ? new GenotypeSource("genotype", text)
        : new GenotypeSource(value, read(Path.of(value)).strip());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw new DataException(
          "%s: is no file, nor a notation, which begins with %s( or %s"
              .formatted(file, DARTS_PREFIX, NASBENCH201_PREFIX),
          missing);
    } catch (MalformedInputException binary) {
      throw new DataException("%s: is not UTF-8 text".formatted(file), binary);
    } catch (IOException failure) {
      throw new DataException(
          "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  private boolean isDocument() {
    return text.startsWith("{");
  }

  private JsonDocument document() {
    return JsonDocument.parse(name, text);
  }

  /** The space its notation, or its document, is of. */
  SpaceName space() {
    if (!isDocument()) {
      return text.startsWith(NASBENCH201_PREFIX) ? SpaceName.NASBENCH201 : SpaceName.DARTS;
    }
    JsonDocument document = document();
    String named = document.string("space");
    return List.of(SpaceName.values()).stream()
        .filter(space -> space.names().contains(named))
        .findFirst()
        .orElseThrow(
            () -> document.get("space").error("is '%s', which is unknown".formatted(named)));
  }

  /** The architecture of the space darts; alone, a notation may have other cells than the space. */
  Genotype darts() {
    return isDocument() ? read(DartsSpace.cifar()) : located(() -> GenotypeNotation.parse(text));
  }

  /** The architecture of the space nasbench201. */
  Cell nasBench201() {
    Nb201Space space = Nb201Space.standard();
    return isDocument() ? read(space) : located(() -> space.parse(text));
  }

  private <A> A read(CellBased<A> space) {
    return GenotypeJson.read(space, document());
  }

  /** Errors in a file name it. */
  private <A> A located(Supplier<A> parsing) {
    try {
      return parsing.get();
    } catch (DataException malformed) {
      String file = name.equals("genotype") ? "" : name + ": ";
      throw new DataException(file + Failures.describe(malformed), malformed);
    }
  }
}
