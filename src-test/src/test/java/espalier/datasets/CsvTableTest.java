package espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.Column;
import espalier.core.io.DataException;
import espalier.core.io.Table;
import espalier.core.io.TableInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from CSV files, and what is said of those that are wrong. */
final class CsvTableTest {
  @TempDir Path folder;

  private CsvTable csv(String text) throws IOException {
    Path file = folder.resolve("some.csv");
    Files.writeString(file, text);
    return CsvTable.read(file, 0);
  }

  private static double[] numbers(Table table, String column) {
    return ((Column.Numeric) table.column(column)).values();
  }

  private static List<String> names(Table table, String column) {
    return ((Column.Categorical) table.column(column)).values();
  }

  @Test
  void quotesHoldDelimitersQuotesAndLineBreaks() throws IOException {
    Table table = csv("a,\"b, \"\"c\"\"\"\r\n\"x\r\ny\",1\r\n\"\",2e1\r\n").table();
    assertThat(table.names()).containsExactly("a", "b, \"c\"");
    assertThat(names(table, "a")).containsExactly("x\r\ny", "");
    assertThat(numbers(table, "b, \"c\"")).containsExactly(1, 20);
  }

  @Test
  void delimitersAreSeenAndAFileOfNumbersAloneHasNumberedColumns() throws IOException {
    for (String delimiter : List.of(",", ";", "\t", " ", "  ")) {
      Table table = csv("1%1$s2\n3%1$s4.5\n".formatted(delimiter)).table();
      assertThat(table.names()).containsExactly("1", "2");
      assertThat(numbers(table, "2")).containsExactly(2, 4.5);
    }
  }

  @Test
  void columnsLikeThoseOfAnotherTableAreOfItsKindsAndInItsOrder() throws IOException {
    Table like = csv("a,b\n1,x\n2,y\n").table();
    Table table = csv("b,a\n3,4\n5,\n").table(like);
    assertThat(table.names()).containsExactly("a", "b");
    assertThat(numbers(table, "a")).containsExactly(4, Double.NaN);
    assertThat(names(table, "b")).containsExactly("3", "5");
  }

  @Test
  void missingValuesAreNoNumberAndNoCategory() throws IOException {
    Table table = csv("a,b\n1,x\n,?\nNA,nan\n4,y").table();
    assertThat(numbers(table, "a")).containsExactly(1, Double.NaN, Double.NaN, 4);
    assertThat(names(table, "b")).containsExactly("x", "", "", "y");
  }

  @Test
  void packedFilesAreUnpackedAndLinesSkipped() throws IOException {
    Path file = folder.resolve("some.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("3 rows, hello\na,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(numbers(CsvTable.read(file, 1).table(), "b")).containsExactly(2);
  }

  @Test
  void errorsNameFileLineAndColumn() {
    assertThatThrownBy(() -> csv("a,b\n1,2\n3\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("some.csv: line 3 has 1 fields, expected 2");
    assertThatThrownBy(() -> csv("a,b\n1,\"2\n3"))
        .hasMessageContaining("some.csv: line 2, field 2: a quote is opened and never closed");
    assertThatThrownBy(() -> csv("a,b\n\"1\"x,2"))
        .hasMessageContaining("some.csv: line 2, field 1: found text behind a closing quote");
    assertThatThrownBy(() -> csv("a,a\n1,2"))
        .hasMessageContaining("some.csv: columns 1 and 2 are both named 'a'");
    assertThatThrownBy(() -> csv("a,b\n")).hasMessageContaining("has no rows");
    TableInput wanted = new TableInput(List.of(new TableInput.Field.Numeric("b", 0, 1)));
    assertThatThrownBy(() -> csv("a,b\n1,2\n3,x\n").table(wanted))
        .hasMessageContaining("some.csv: line 3, column 'b': found 'x', expected a number");
    assertThatThrownBy(() -> csv("a\nx\n").table(wanted))
        .hasMessageContaining("some.csv: no column 'b'");
  }

  @Test
  void aModelsColumnsAreReadAsItLearntThem() throws IOException {
    TableInput wanted =
        new TableInput(
            List.of(
                new TableInput.Field.Categorical("zip", List.of("01", "02")),
                new TableInput.Field.Numeric("size", 1, 2)));
    Table rows = csv("size,zip,other\n5,02,x\n,03,y\n").table(wanted);
    assertThat(wanted.encode(rows)).containsExactly(0, 1, 2, 0, 0, 0);
  }
}
