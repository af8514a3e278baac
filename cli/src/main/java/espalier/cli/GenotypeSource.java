package espalier.cli;

import espalier.core.io.DataException;
import espalier.core.io.JsonDocument;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import espalier.core.space.GenotypeJson;
import espalier.core.space.GenotypeNotation;
import espalier.core.space.SearchSpace;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An architecture as it was given: a notation, or a document that holds one.
 *
 * @param name what errors call it
 * @param text the notation, or the document's text
 * @param named the space it was said to be of
 */
record GenotypeSource(String name, String text, Optional<SpaceName> named) {
  private static final String DARTS_PREFIX = "Genotype";
  private static final String NASBENCH201_PREFIX = "|";
  private static final String NASBENCH101_PREFIX = "input:";
  private static final List<Map.Entry<String, SpaceName>> PREFIXES =
      List.of(
          Map.entry(DARTS_PREFIX, SpaceName.DARTS),
          Map.entry(NASBENCH201_PREFIX, SpaceName.NASBENCH201),
          Map.entry(NASBENCH101_PREFIX, SpaceName.NASBENCH101));

  /**
   * Takes {@code value} for a notation where it looks like one, or where its space was named and
   * there is no such file, and for a file otherwise.
   */
  static GenotypeSource of(String value, Optional<SpaceName> named) {
    String text = value.strip();
    boolean isNotation =
        PREFIXES.stream().map(Map.Entry::getKey).anyMatch(text::startsWith)
            || (named.isPresent() && !isFile(text));
    return isNotation
        ? new GenotypeSource("genotype", text, named)
        : new GenotypeSource(value, read(Path.of(value)).strip(), named);
  }

  private static boolean isFile(String text) {
    try {
      return Files.exists(Path.of(text));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw new DataException(
          "%s: is no file, nor a notation, which begins with %s(, %s or %s, or whose space --space names"
              .formatted(file, DARTS_PREFIX, NASBENCH201_PREFIX, NASBENCH101_PREFIX),
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
      return PREFIXES.stream()
          .filter(prefix -> text.startsWith(prefix.getKey()))
          .map(Map.Entry::getValue)
          .findFirst()
          .or(() -> named)
          .orElseThrow(() ->
              new DataException(
                  "%s: holds a notation of no space that can be told from it; name it with --space"
                      .formatted(name)));
    }
    JsonDocument document = document();
    String found = document.string("space");
    return List.of(SpaceName.values()).stream()
        .filter(space -> space.names().contains(found))
        .findFirst()
        .orElseThrow(
            () -> document.get("space").error("is '%s', which is unknown".formatted(found)));
  }

  /** The architecture of the space darts; alone, a notation may have other cells than the space. */
  Genotype darts() {
    return isDocument()
        ? GenotypeJson.read(DartsSpace.cifar(), document())
        : located(() -> GenotypeNotation.parse(text));
  }

  /** The architecture of any other space. */
  <A> A of(SearchSpace<A> space) {
    return isDocument() ? GenotypeJson.read(space, document()) : located(() -> space.parse(text));
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
