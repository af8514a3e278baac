package espalier.core.table;

import espalier.core.io.DataException;
import espalier.core.io.NearestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Rows of numbers and names under the names of their columns, read from a CSV file: a line of
 * column names, then a line for each row, fields separated by commas, those that hold commas in
 * quotation marks. Lines before the first that begin with {@code #} say what the table is.
 * Immutable.
 */
public final class BenchmarkTable {
  private final String name;
  private final Map<String, List<String>> columns;
  private final int rows;

  /** Lines above the first row. */
  private final int above;

  private BenchmarkTable(String name, Map<String, List<String>> columns, int rows, int above) {
    this.name = name;
    this.columns = columns;
    this.rows = rows;
    this.above = above;
  }

  /**
   * Reads a file, packed if its name ends in {@code .gz}.
   *
   * @throws DataException naming the file, and the line that is damaged
   */
  public static BenchmarkTable read(Path file) {
    try (InputStream bytes = Files.newInputStream(file)) {
      return file.toString().endsWith(".gz")
          ? readPacked(file.toString(), bytes)
          : read(file.toString(), bytes);
    } catch (NoSuchFileException missing) {
      throw new DataException("%s: there is no such table".formatted(file), missing);
    } catch (CharacterCodingException binary) {
      throw new DataException("%s: not a table, it holds no UTF-8 text".formatted(file), binary);
    } catch (IOException unreadable) {
      throw new DataException(
          "%s: the table cannot be read (%s)".formatted(file, unreadable.getMessage()), unreadable);
    }
  }

  /**
   * Reads bytes that were packed.
   *
   * @param name what they are, for messages
   */
  public static BenchmarkTable readPacked(String name, InputStream packed) throws IOException {
    return read(name, new GZIPInputStream(packed));
  }

  private static BenchmarkTable read(String name, InputStream bytes) throws IOException {
    CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    return read(name, new BufferedReader(new InputStreamReader(bytes, strict)));
  }

  private static BenchmarkTable read(String name, BufferedReader reader) throws IOException {
    int above = 1;
    String head = reader.readLine();
    while (head != null && head.startsWith("#")) {
      head = reader.readLine();
      above++;
    }
    if (head == null || head.isBlank()) {
      throw new DataException(
          "%s: the table is empty, expected a line of column names".formatted(name));
    }
    List<String> names = List.of(head.split(",", -1));
    if (new HashSet<>(names).size() < names.size() || names.contains("")) {
      throw new DataException(
          "%s:%d: columns %s, expected each to have a name of its own"
              .formatted(name, above, names));
    }
    List<List<String>> fields = new ArrayList<>();
    names.forEach(column -> fields.add(new ArrayList<>()));
    int rows = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      rows++;
      List<String> parts = fields(line);
      if (parts.size() != fields.size()) {
        throw new DataException(
            "%s:%d: %d fields, expected %d, one for each column"
                .formatted(name, above + rows, parts.size(), fields.size()));
      }
      for (int i = 0; i < parts.size(); i++) {
        fields.get(i).add(parts.get(i));
      }
    }
    if (rows == 0) {
      throw new DataException("%s: the table has no rows".formatted(name));
    }
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      columns.put(names.get(i), fields.get(i));
    }
    return new BenchmarkTable(name, columns, rows, above);
  }

  /** The fields of a line: a comma between quotation marks separates none. */
  private static List<String> fields(String line) {
    if (line.indexOf('"') < 0) {
      return List.of(line.split(",", -1));
    }
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  /** What it was read from. */
  public String name() {
    return name;
  }

  /** The names of its columns, in order. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /** The line of its file that holds a row; rows are counted from 0. */
  public int line(int row) {
    return above + 1 + row;
  }

  /** How many rows it has. */
  public int rows() {
    return rows;
  }

  /**
   * A column as it was written.
   *
   * @throws DataException if there is none of this name
   */
  public List<String> texts(String column) {
    List<String> texts = columns.get(column);
    if (texts == null) {
      throw new DataException(
          "%s: there is no column '%s', did you mean '%s'? It has %s"
              .formatted(
                  name,
                  column,
                  NearestName.of(column, columns.keySet()),
                  String.join(", ", columns.keySet())));
    }
    return List.copyOf(texts);
  }

  /**
   * A column of numbers.
   *
   * @throws DataException if there is none of this name, or a field of it is no finite number
   */
  public double[] numbers(String column) {
    List<String> texts = texts(column);
    double[] numbers = new double[rows];
    for (int row = 0; row < rows; row++) {
      numbers[row] = number(texts.get(row), column, row);
    }
    return numbers;
  }

  private double number(String text, String column, int row) {
    try {
      double number = Double.parseDouble(text);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException malformed) {
      // Said below, with what is not finite.
    }
    throw new DataException(
        "%s:%d: column '%s' holds '%s', expected a finite number"
            .formatted(name, line(row), column, text));
  }
}
