package espalier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.study.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal survives being killed at any byte and refuses what it cannot trust. */
final class JournalTest {
  private static final List<String> WORDS = List.of("first", "zweites é→", "third\nline");

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("run.journal");
  }

  private static Json.Obj entry(String word) {
    return Json.object().with("word", Json.of(word));
  }

  private static List<String> words(Journal journal) {
    return journal.entries("word").stream().map(entry -> entry.string("word")).toList();
  }

  private byte[] written() throws IOException {
    try (Journal journal = Journal.open(file())) {
      WORDS.forEach(word -> journal.append("word", entry(word)));
    }
    return Files.readAllBytes(file());
  }

  @Test
  void whatWasAppendedIsReadAgainInOrder() throws IOException {
    written();
    try (Journal journal = Journal.open(file())) {
      journal.append("other", Json.object());
      assertThat(words(journal)).isEqualTo(WORDS);
      assertThat(journal.entries()).extracting(entry -> entry.string("type")).endsWith("other");
    }
  }

  @Test
  void cutAtAnyByteItHoldsTheEntriesThatWereWholeAndTakesNewOnes() throws IOException {
    byte[] bytes = written();
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(file(), Arrays.copyOf(bytes, length));
      int whole = 0;
      for (int i = 0; i < length; i++) {
        whole += bytes[i] == '\n' ? 1 : 0;
      }
      List<String> expected = new ArrayList<>(WORDS.subList(0, whole));
      try (Journal journal = Journal.open(file())) {
        assertThat(words(journal)).as("cut to %d bytes", length).isEqualTo(expected);
        journal.append("word", entry("after"));
      }
      expected.add("after");
      try (Journal journal = Journal.open(file())) {
        assertThat(words(journal)).as("cut to %d bytes", length).isEqualTo(expected);
      }
    }
  }

  /** Every byte of every line but the last, one bit of each turned over. */
  @Test
  void damageBeforeTheLastLineIsRefusedAndTheFileLeftAlone() throws IOException {
    byte[] bytes = written();
    int last =
        new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1).lastIndexOf('\n');
    for (int at = 0; at < last; at++) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(file(), damaged);
      assertThatThrownBy(() -> Journal.open(file()).close())
          .as("damaged at byte %d", at)
          .isInstanceOf(DataException.class)
          .hasMessageMatching(".*run\\.journal: entry [12] is damaged; .*");
      assertThat(Files.readAllBytes(file())).isEqualTo(damaged);
    }
  }

  /** The torn line is the last one; the damaged one before it was once whole. */
  @Test
  void damageBeforeATornLineIsRefused() throws IOException {
    byte[] bytes = written();
    bytes[bytes.length - 4] ^= 1;
    byte[] torn = Arrays.copyOf(bytes, bytes.length + 5);
    Arrays.fill(torn, bytes.length, torn.length, (byte) 'a');
    Files.write(file(), torn);
    assertThatThrownBy(() -> Journal.open(file()).close())
        .isInstanceOf(DataException.class)
        .hasMessageContaining("entry 3 is damaged");
  }

  @Test
  void anotherWriterIsRefusedUntilTheFirstIsDone() {
    try (Journal journal = Journal.open(file())) {
      journal.append("word", entry("mine"));
      assertThatThrownBy(() -> Journal.open(file()).close())
          .isInstanceOf(DataException.class)
          .hasMessageContaining("another run is writing to it");
    }
    try (Journal journal = Journal.open(file())) {
      assertThat(words(journal)).containsExactly("mine");
    }
  }

  @Test
  void anotherProcessIsRefusedToo() throws Exception {
    try (Journal journal = Journal.open(file())) {
      Path said = folder.resolve("said");
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Opener.class.getName(),
                  file().toString())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(said)).contains("another run is writing to it");
      journal.append("word", entry("mine"));
      assertThat(words(journal)).containsExactly("mine");
    }
  }

  /** A program that opens a journal and says how that went. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) {
      try (Journal journal = Journal.open(Path.of(arguments[0]))) {
        System.out.println("opened, with " + journal.entries().size() + " entries");
      } catch (DataException refused) {
        System.out.println(refused.getMessage());
      }
    }
  }
}
