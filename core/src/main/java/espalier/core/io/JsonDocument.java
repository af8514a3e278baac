package espalier.core.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A JSON value together with the file and the place it was read from, so that each error names
 * both: {@code genotype.json: 'cells[1].edges' is missing}. Every reading method throws {@link
 * DataException} if the value is absent or of another kind.
 */
public final class JsonDocument {
  private final String source;
  private final String path;
  private final Json value;

  private JsonDocument(String source, String path, Json value) {
    this.source = source;
    this.path = path;
    this.value = value;
  }

  public static JsonDocument of(String source, Json value) {
    return new JsonDocument(source, "", value);
  }

  public static JsonDocument parse(String source, String text) {
    return of(source, Json.parse(source, text));
  }

  /** Reads a UTF-8 file; errors call it by its file name. */
  public static JsonDocument read(Path file) {
    var source = String.valueOf(file.getFileName());
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder();
      return parse(source, decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString());
    } catch (NoSuchFileException missing) {
      throw new DataException("%s: no such file; check the path".formatted(file), missing);
    } catch (CharacterCodingException notText) {
      throw new DataException("%s: is not UTF-8 text".formatted(file), notText);
    } catch (IOException failure) {
      throw new DataException(
          "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  /** The value itself. */
  public Json value() {
    return value;
  }

  /** An error about this place: {@code genotype.json: 'cells[1]' must not be empty}. */
  public DataException error(String what) {
    return new DataException("%s: %s %s".formatted(source, here(), what));
  }

  public boolean has(String name) {
    return members().members().containsKey(name);
  }

  /** The names of this object's members, in their order. */
  public Set<String> names() {
    return members().members().keySet();
  }

  public JsonDocument get(String name) {
    var members = members().members();
    var child = path.isEmpty() ? name : path + "." + name;
    if (!members.containsKey(name)) {
      throw new DataException("%s: '%s' is missing".formatted(source, child));
    }
    return new JsonDocument(source, child, members.get(name));
  }

  /** Refuses members other than {@code known}, which catches misspelt optional names. */
  public JsonDocument allowOnly(String... known) {
    for (var name : names()) {
      if (!Set.of(known).contains(name)) {
        throw get(name).error("is not known here; known are " + String.join(", ", known));
      }
    }
    return this;
  }

  public String string(String name) {
    return get(name).asString();
  }

  public int integer(String name) {
    return get(name).asInt();
  }

  public long longInteger(String name) {
    return get(name).asLong();
  }

  public double real(String name) {
    return get(name).asDouble();
  }

  public boolean bool(String name) {
    return get(name).asBoolean();
  }

  public List<JsonDocument> list(String name) {
    return get(name).elements();
  }

  public List<String> strings(String name) {
    return list(name).stream().map(JsonDocument::asString).toList();
  }

  public int[] integers(String name) {
    return list(name).stream().mapToInt(JsonDocument::asInt).toArray();
  }

  public double[] reals(String name) {
    return list(name).stream().mapToDouble(JsonDocument::asDouble).toArray();
  }

  public String asString() {
    if (value instanceof Json.Str(String text)) {
      return text;
    }
    throw refuse("a string");
  }

  public long asLong() {
    if (value instanceof Json.Whole(long number)) {
      return number;
    }
    throw refuse("a whole number");
  }

  public int asInt() {
    long number = asLong();
    if (number != (int) number) {
      throw error("is %d, which needs more than 32 bits".formatted(number));
    }
    return (int) number;
  }

  /** A real number; a whole one is as good. */
  public double asDouble() {
    return switch (value) {
      case Json.Real(double number) -> number;
      case Json.Whole(long number) -> number;
      default -> throw refuse("a number");
    };
  }

  public boolean asBoolean() {
    if (value instanceof Json.Bool(boolean truth)) {
      return truth;
    }
    throw refuse("true or false");
  }

  public boolean isNull() {
    return value instanceof Json.Null;
  }

  public List<JsonDocument> elements() {
    if (!(value instanceof Json.Arr(List<Json> elements))) {
      throw refuse("an array");
    }
    var documents = new ArrayList<JsonDocument>(elements.size());
    for (var element : elements) {
      documents.add(new JsonDocument(source, "%s[%d]".formatted(path, documents.size()), element));
    }
    return List.copyOf(documents);
  }

  private Json.Obj members() {
    if (value instanceof Json.Obj object) {
      return object;
    }
    throw refuse("an object");
  }

  private DataException refuse(String wanted) {
    var found =
        switch (value) {
          case Json.Obj _ -> "an object";
          case Json.Arr _ -> "an array";
          case Json.Str _ -> "a string";
          case Json.Whole(long number) -> "the number " + number;
          case Json.Real(double number) -> "the number " + number;
          case Json.Bool(boolean truth) -> String.valueOf(truth);
          case Json.Null() -> "null";
        };
    return error("must be %s, found %s".formatted(wanted, found));
  }

  private String here() {
    return path.isEmpty() ? "the document" : "'%s'".formatted(path);
  }
}
