package espalier.core.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of RFC 8259: no comments, no trailing commas, no repeated names, nothing after
 * the value. Linear in the length of the text; nesting is limited so that no text can exhaust the
 * stack.
 */
final class JsonParser {
  static final int MAX_DEPTH = 512;

  private final String source;
  private final String text;
  private int at;

  JsonParser(String source, String text) {
    this.source = source;
    this.text = text;
  }

  Json parse() {
    skipSpace();
    var value = value(0);
    skipSpace();
    if (at < text.length()) {
      throw expected("the end of the text");
    }
    return value;
  }

  /** The value that begins here, within so many objects and arrays. */
  private Json value(int depth) {
    if (depth == MAX_DEPTH && (peek() == '{' || peek() == '[')) {
      throw error(at, "nested deeper than %d levels".formatted(MAX_DEPTH));
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Str(string());
      case 't' -> literal("true", new Json.Bool(true));
      case 'f' -> literal("false", new Json.Bool(false));
      case 'n' -> literal("null", new Json.Null());
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw expected("a value");
    };
  }

  private Json object(int depth) {
    Map<String, Json> members = new LinkedHashMap<>();
    at++;
    skipSpace();
    if (accept('}')) {
      return new Json.Obj(members);
    }
    while (true) {
      if (peek() != '"') {
        throw expected("a name in double quotes");
      }
      int nameAt = at;
      var name = string();
      skipSpace();
      if (!accept(':')) {
        throw expected("':'");
      }
      skipSpace();
      if (members.putIfAbsent(name, value(depth + 1)) != null) {
        throw error(nameAt, "the name '%s' is given twice".formatted(name));
      }
      skipSpace();
      if (accept('}')) {
        return new Json.Obj(members);
      }
      if (!accept(',')) {
        throw expected("',' or '}'");
      }
      skipSpace();
    }
  }

  private Json array(int depth) {
    List<Json> elements = new ArrayList<>();
    at++;
    skipSpace();
    if (accept(']')) {
      return new Json.Arr(elements);
    }
    while (true) {
      elements.add(value(depth + 1));
      skipSpace();
      if (accept(']')) {
        return new Json.Arr(elements);
      }
      if (!accept(',')) {
        throw expected("',' or ']'");
      }
      skipSpace();
    }
  }

  private Json literal(String word, Json value) {
    for (int i = 0; i < word.length(); i++, at++) {
      if (peek() != word.charAt(i)) {
        throw expected("'%s'".formatted(word));
      }
    }
    return value;
  }

  private Json number() {
    int start = at;
    boolean negative = accept('-');
    if (accept('0')) {
      if (isDigit(peek())) {
        throw error(start, "a number cannot begin with 0; write it without leading zeros");
      }
    } else {
      digits();
    }
    boolean whole = true;
    if (accept('.')) {
      whole = false;
      digits();
    }
    if (accept('e') || accept('E')) {
      whole = false;
      if (!accept('+')) {
        accept('-');
      }
      digits();
    }
    var written = text.substring(start, at);
    return whole ? whole(start, written, negative) : real(start, written);
  }

  private Json whole(int start, String written, boolean negative) {
    try {
      long value = Long.parseLong(written);
      return value == 0 && negative ? new Json.Real(-0.0) : new Json.Whole(value);
    } catch (NumberFormatException tooLong) {
      throw error(
          start, "the whole number %s needs more than 64 bits".formatted(abridged(written)));
    }
  }

  private Json real(int start, String written) {
    double value = Double.parseDouble(written);
    if (Double.isInfinite(value)) {
      throw error(start, "the number %s is too large for a double".formatted(abridged(written)));
    }
    return new Json.Real(value);
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private String string() {
    int start = at++;
    int plain = at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
      checkPlain(start);
      at++;
    }
    if (accept('"')) {
      return text.substring(plain, at - 1);
    }
    var unescaped = new StringBuilder(text.substring(plain, at));
    while (!accept('"')) {
      if (at == text.length()) {
        throw error(start, "this string is never closed");
      } else if (accept('\\')) {
        escape(unescaped);
      } else {
        int from = at;
        checkPlain(start);
        at++;
        unescaped.append(text, from, at);
      }
    }
    return unescaped.toString();
  }

  /** Refuses control characters and lone surrogates; steps onto the second half of a pair. */
  private void checkPlain(int start) {
    char c = text.charAt(at);
    if (c < ' ') {
      throw error(
          at,
          c == '\n' || c == '\r'
              ? "the string that begins at %s is not closed on its line".formatted(place(start))
              : "a string cannot hold %s; write it as \\u%04x".formatted(name(c), (int) c));
    }
    if (Character.isSurrogate(c)) {
      boolean pair =
          Character.isHighSurrogate(c)
              && at + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(at + 1));
      if (!pair) {
        throw error(at, "%s is half of a character".formatted(name(c)));
      }
      at++;
    }
  }

  private void escape(StringBuilder to) {
    int backslash = at - 1;
    char c = peek();
    at++;
    switch (c) {
      case '"', '\\', '/' -> to.append(c);
      case 'b' -> to.append('\b');
      case 'f' -> to.append('\f');
      case 'n' -> to.append('\n');
      case 'r' -> to.append('\r');
      case 't' -> to.append('\t');
      case 'u' -> {
        char unit = hex();
        to.append(unit);
        if (Character.isLowSurrogate(unit)) {
          throw error(backslash, "\\u%04x is half of a character".formatted((int) unit));
        }
        if (Character.isHighSurrogate(unit)) {
          if (!text.startsWith("\\u", at)) {
            throw error(backslash, "\\u%04x is half of a character".formatted((int) unit));
          }
          at += 2;
          char low = hex();
          if (!Character.isLowSurrogate(low)) {
            throw error(backslash, "\\u%04x is half of a character".formatted((int) unit));
          }
          to.append(low);
        }
      }
      default -> {
        at--;
        throw expected("one of \" \\ / b f n r t u after a backslash");
      }
    }
  }

  private char hex() {
    int unit = 0;
    for (int i = 0; i < 4; i++, at++) {
      char c = peek();
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw expected("four hexadecimal digits after \\u");
      }
      unit = unit * 16 + digit;
    }
    return (char) unit;
  }

  /** The next character; at the end of the text one that no rule accepts. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\uffff';
  }

  private boolean accept(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private DataException expected(String what) {
    var found = at < text.length() ? name(text.codePointAt(at)) : "the end of the text";
    return error(at, "expected %s, found %s".formatted(what, found));
  }

  private DataException error(int position, String what) {
    return new DataException("%s: %s: %s".formatted(source, place(position), what));
  }

  private String place(int position) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < position; i++) {
      boolean lineEnds = text.charAt(i) == '\n';
      line += lineEnds ? 1 : 0;
      column = lineEnds ? 1 : column + 1;
    }
    return "line %d, column %d".formatted(line, column);
  }

  private static String name(int codePoint) {
    boolean printable =
        switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
    return printable
        ? "'%s'".formatted(Character.toString(codePoint))
        : "U+%04X".formatted(codePoint);
  }

  private static String abridged(String number) {
    return number.length() <= 40 ? number : number.substring(0, 37) + "...";
  }
}
