package espalier.core.io;

import java.util.Iterator;

/** Writes a {@link Json} value: members in their order, numbers so that they read back the same. */
final class JsonWriter {
  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  static String compact(Json value) {
    var writer = new JsonWriter(false);
    writer.value(value, 0);
    return writer.out.toString();
  }

  static String pretty(Json value) {
    var writer = new JsonWriter(true);
    writer.value(value, 0);
    return writer.out.append('\n').toString();
  }

  private void value(Json value, int depth) {
    if (depth == JsonParser.MAX_DEPTH && (value instanceof Json.Obj || value instanceof Json.Arr)) {
      throw new IllegalArgumentException(
          "JSON value is nested deeper than %d levels, which no reader here accepts"
              .formatted(JsonParser.MAX_DEPTH));
    }
    switch (value) {
      case Json.Obj object -> object(object, depth);
      case Json.Arr array -> array(array, depth);
      case Json.Str(String text) -> string(text);
      case Json.Whole(long number) -> out.append(number);
      case Json.Real(double number) -> out.append(number);
      case Json.Bool(boolean truth) -> out.append(truth);
      case Json.Null() -> out.append("null");
    }
  }

  private void object(Json.Obj object, int depth) {
    out.append('{');
    for (var it = object.members().entrySet().iterator(); it.hasNext(); ) {
      var member = it.next();
      line(depth + 1);
      string(member.getKey());
      out.append(pretty ? ": " : ":");
      value(member.getValue(), depth + 1);
      separate(it);
    }
    if (!object.members().isEmpty()) {
      line(depth);
    }
    out.append('}');
  }

  /** An array of plain values stays on one line even when pretty: shapes and lists of names. */
  private void array(Json.Arr array, int depth) {
    boolean nested =
        array.elements().stream().anyMatch(e -> e instanceof Json.Obj || e instanceof Json.Arr);
    out.append('[');
    for (var it = array.elements().iterator(); it.hasNext(); ) {
      if (nested) {
        line(depth + 1);
      }
      value(it.next(), depth + 1);
      separate(it);
      if (pretty && !nested && it.hasNext()) {
        out.append(' ');
      }
    }
    if (nested) {
      line(depth);
    }
    out.append(']');
  }

  private void separate(Iterator<?> rest) {
    if (rest.hasNext()) {
      out.append(',');
    }
  }

  private void line(int depth) {
    if (pretty) {
      out.append('\n').repeat("  ", depth);
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
