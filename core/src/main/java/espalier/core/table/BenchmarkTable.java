package espalier.core.table;

import espalier.core.io.DataException;
import espalier.core.io.NearestName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of numbers and names under the names of their columns, read from a CSV file: a line of
 * column names, then a line for each row, fields separated by commas. Immutable.
 */
public final class BenchmarkTable {
  private final String name;
  private final Map<String, List<String>> columns;
  private final int rows;

  private BenchmarkTable(String name, Map<String, List<String>> columns, int rows) {
    this.name = name;
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * Reads a file.
   *
   * @throws DataException naming the file, and the line that is damaged
   */
  public static BenchmarkTable read(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(file.toString(), reader);
    } catch (NoSuchFileException missing) {
      throw new DataException("%s: there is no such table".formatted(file), missing);
    } catch (CharacterCodingException binary) {
      throw new DataException("%s: not a table, it holds no UTF-8 text".formatted(file), binary);
    } catch (IOException unreadable) {
      throw new DataException(
          "%s: the table cannot be read (%s)".formatted(file, unreadable.getMessage()), unreadable);
    }
  }

  private static BenchmarkTable read(String name, BufferedReader reader) throws IOException {
    String head = reader.readLine();
    if (head == null || head.isBlank()) {
      throw new DataException(
          "%s: the table is empty, expected a line of column names".formatted(name));
    }
    List<String> names = List.of(head.split(",", -1));
    if (new HashSet<>(names).size() < names.size() || names.contains("")) {
      throw new DataException(
          "%s:1: columns %s, expected each to have a name of its own".formatted(name, names));
    }
    List<List<String>> fields = new ArrayList<>();
    names.forEach(column -> fields.add(new ArrayList<>()));
    int rows = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      rows++;
      String[] parts = line.split(",", -1);
      if (parts.length != fields.size()) {
        throw new DataException(
            "%s:%d: %d fields, expected %d, one for each column"
                .formatted(name, rows + 1, parts.length, fields.size()));
      }
      for (int i = 0; i < parts.length; i++) {
        fields.get(i).add(parts[i]);
      }
    }
    if (rows == 0) {
      throw new DataException("%s: the table has no rows".formatted(name));
    }
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      columns.put(names.get(i), fields.get(i));
    }
    return new BenchmarkTable(name, columns, rows);
  }

  /** What it was read from. */
  public String name() {
    return name;
  }

  /** The names of its columns, in order. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
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
            .formatted(name, row + 2, column, text));
  }
}
