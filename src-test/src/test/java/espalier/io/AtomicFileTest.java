package espalier.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.AtomicFile;
import espalier.core.io.SafeTensors;
import espalier.core.io.StoredTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void foldersAreMadeAndOldContentIsReplaced() throws IOException {
    var file = folder.resolve("a/b/notes.txt");
    AtomicFile.write(file, "old");
    AtomicFile.write(file, "new");
    assertThat(file).hasContent("new");
    assertOnlyFileIs(file);
  }

  @Test
  void aDiskThatIsFullAtAnyByteLeavesTheOldFileAlone() throws IOException {
    var tensors =
        new SafeTensors(
            Map.of("w", new StoredTensor.F32(List.of(9), new float[9])), Map.of("format", "1"));
    var whole = new ByteArrayOutputStream();
    tensors.writeTo(whole);
    var file = folder.resolve("model.safetensors");
    AtomicFile.write(file, "old");
    for (int room = 0; room < whole.size(); room++) {
      int left = room;
      assertThatThrownBy(
              () -> AtomicFile.write(file, out -> tensors.writeTo(new FullDisk(out, left))))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              file
                  + ": cannot be written (No space left on device);"
                  + " whatever it held before is untouched");
      assertThat(file).hasContent("old");
      assertOnlyFileIs(file);
    }
    AtomicFile.write(file, out -> tensors.writeTo(new FullDisk(out, whole.size())));
    assertThat(SafeTensors.read(file)).isEqualTo(tensors);
  }

  @Test
  void anErrorOfTheWriterItselfAlsoLeavesNothing() throws IOException {
    var file = folder.resolve("model.json");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(1);
                  throw new IllegalStateException("stop");
                }))
        .hasMessage("stop");
    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    var notFolder = Files.writeString(folder.resolve("taken"), "a file");
    var file = notFolder.resolve("model.json");
    assertThatThrownBy(() -> AtomicFile.write(file, "x"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file + ": cannot be written");
  }

  @Test
  void writersOfOneFileDoNotMix() throws Exception {
    var file = folder.resolve("notes.txt");
    List<Thread> writers = new ArrayList<>();
    for (char letter = 'a'; letter <= 'h'; letter++) {
      var text = String.valueOf(letter).repeat(100_000);
      writers.add(Thread.ofPlatform().start(() -> AtomicFile.write(file, text)));
    }
    for (var writer : writers) {
      writer.join();
    }
    var text = Files.readString(file);
    assertThat(text).hasSize(100_000).isEqualTo(text.substring(0, 1).repeat(100_000));
    assertOnlyFileIs(file);
  }

  private static void assertOnlyFileIs(Path file) throws IOException {
    try (var beside = Files.list(file.getParent())) {
      assertThat(beside).containsExactly(file);
    }
  }
}
