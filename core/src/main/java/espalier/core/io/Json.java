package espalier.core.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON value (RFC 8259). Whole numbers and real numbers are kept apart: what was written as
 * {@code 3} is a {@link Whole} and is written as {@code 3} again, and {@code 3.0} stays a {@link
 * Real}. Values are immutable; members of an object keep their order.
 */
public sealed interface Json {

  /** An object; its members keep the order they were given in. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      var copy = LinkedHashMap.<String, Json>newLinkedHashMap(members.size());
      members.forEach((name, value) -> copy.put(wellFormed(name), Objects.requireNonNull(value)));
      members = Collections.unmodifiableMap(copy);
    }

    /** This object with one member set; a new name goes last. */
    public Obj with(String name, Json value) {
      var changed = new LinkedHashMap<>(members);
      changed.put(name, value);
      return new Obj(changed);
    }
  }

  /** An array. */
  record Arr(List<Json> elements) implements Json {
    public Arr {
      elements = List.copyOf(elements);
    }
  }

  /** A string of whole Unicode characters: a lone surrogate has no UTF-8 form and is refused. */
  record Str(String value) implements Json {
    public Str {
      wellFormed(value);
    }
  }

  /** A number written without fraction and exponent. */
  record Whole(long value) implements Json {}

  /** A number written with a fraction or an exponent; never NaN or infinite. */
  record Real(double value) implements Json {
    public Real {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "JSON has no number %s; write it as null or as a string".formatted(value));
      }
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Json {}

  /** The value {@code null}. */
  record Null() implements Json {}

  static Json of(String value) {
    return new Str(value);
  }

  static Json of(long value) {
    return new Whole(value);
  }

  static Json of(double value) {
    return new Real(value);
  }

  /** The real number with the fewest digits that reads back as the same {@code float}. */
  static Json of(float value) {
    if (!Float.isFinite(value)) {
      return new Real(value);
    }
    double shortest = Double.parseDouble(Float.toString(value));
    return new Real((float) shortest == value ? shortest : value);
  }

  static Json of(boolean value) {
    return new Bool(value);
  }

  static Arr array(List<? extends Json> elements) {
    return new Arr(List.copyOf(elements));
  }

  static Arr strings(List<String> values) {
    return array(values.stream().map(Str::new).toList());
  }

  static Arr wholes(int... values) {
    var elements = new ArrayList<Json>(values.length);
    for (int value : values) {
      elements.add(new Whole(value));
    }
    return new Arr(elements);
  }

  static Arr reals(double... values) {
    var elements = new ArrayList<Json>(values.length);
    for (double value : values) {
      elements.add(new Real(value));
    }
    return new Arr(elements);
  }

  /** An object without members; add them with {@link Obj#with}, or make one from a map. */
  static Obj object() {
    return new Obj(Map.of());
  }

  static Obj object(Map<String, ? extends Json> members) {
    return new Obj(new LinkedHashMap<>(members));
  }

  /**
   * The value written in {@code text}.
   *
   * @param source what errors call the text: a file name
   * @throws DataException naming source, line and column
   */
  static Json parse(String source, String text) {
    return new JsonParser(source, text).parse();
  }

  /** This value on one line, without spaces. */
  default String compact() {
    return JsonWriter.compact(this);
  }

  /** This value on several lines, indented by two spaces, ending with a line break. */
  default String pretty() {
    return JsonWriter.pretty(this);
  }

  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw new IllegalArgumentException(
              "a JSON string cannot hold the lone surrogate U+%04X at %d".formatted((int) c, i));
        }
        i++;
      }
    }
    return text;
  }
}
