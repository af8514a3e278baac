package espalier.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.Image;
import espalier.core.nn.Model;
import espalier.core.study.SearchStudy;
import espalier.datasets.Datasets;
import espalier.datasets.PictureFiles;
import espalier.kernels.spi.Backend;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs under "From Java" in the README, run as they stand. */
class ReadmeSnippetsTest {
  private static final int MOST_LINES = 6;
  private static final Path KERNELS = FreshJvm.home(Backend.class);
  private static final Path CORE = FreshJvm.home(SearchStudy.class);
  private static final Path DATASETS = FreshJvm.home(Datasets.class);
  private static final int SIDE = 8;

  private static final String HEAD =
      """
      import espalier.core.data.*;
      import espalier.core.io.*;
      import espalier.core.space.*;
      import espalier.core.study.*;
      %s
      void main() {
      """;

  @TempDir private Path folder;

  /** Runs of indented lines in the section. */
  private static List<List<String>> snippets() throws IOException {
    List<List<String>> snippets = new ArrayList<>();
    boolean inside = false;
    boolean before = false;
    for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
      inside = line.startsWith("## ") ? line.equals("## From Java") : inside;
      boolean code = inside && line.startsWith("    ");
      if (code && !before) {
        snippets.add(new ArrayList<>());
      }
      if (code) {
        snippets.getLast().add(line);
      }
      before = code;
    }
    return snippets;
  }

  private Path source(String name, String head, List<String> snippet) throws IOException {
    List<String> lines =
        Stream.of(Stream.of(head), snippet.stream(), Stream.of("}")).flatMap(s -> s).toList();
    return Files.write(folder.resolve(name), lines);
  }

  @Test
  void theSectionHoldsTwoShortPrograms() throws IOException {
    assertThat(snippets())
        .hasSize(2)
        .allSatisfy(snippet -> assertThat(snippet).hasSizeLessThanOrEqualTo(MOST_LINES));
  }

  @Test
  void theFirstSearchesAFolderClassifiesAnImageAndSavesTheModel() throws Exception {
    for (int i = 0; i < 130; i++) {
      boolean bright = i % 2 == 1;
      Path kind = Files.createDirectories(folder.resolve("data/shoes", bright ? "boot" : "sandal"));
      png(kind.resolve(i + ".png"), i, bright ? 0xFF8040 : 0x102030);
    }
    png(folder.resolve("unknown.png"), 5, 0xE07030);
    Path source =
        source("Folder.java", HEAD.formatted("import espalier.datasets.*;"), snippets().getFirst());
    FreshJvm.Said said =
        FreshJvm.classPath(DATASETS, CORE, KERNELS).withVectors().run(folder, source.toString());
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).singleElement().isIn("boot", "sandal");
    try (Model model = Model.load(folder.resolve("shoe-model"))) {
      Image image = PictureFiles.read(folder.resolve("unknown.png"));
      assertThat(model.classify(image).label()).isEqualTo(said.out().getFirst());
    }
  }

  /** A plain picture with one black pixel. */
  private static void png(Path file, int black, int colour) throws IOException {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      picture.setRGB(i % SIDE, i / SIDE, i == black % (SIDE * SIDE) ? 0 : colour);
    }
    ImageIO.write(picture, "png", file.toFile());
  }

  @Test
  void theSecondNeedsNoDataSets() throws Exception {
    String arrays =
        """
        var pixels = new byte[128 * 28 * 28];
        var labels = new int[128];
        for (int i = 0; i < labels.length; i++) {
          labels[i] = i % 2;
          pixels[i * 784 + i] = (byte) (1 + labels[i]);
        }
        """;
    Path source = source("Arrays.java", HEAD.formatted("") + arrays, snippets().getLast());
    FreshJvm.Said said =
        FreshJvm.modulePath(CORE, KERNELS)
            .with("--add-modules", "espalier.core")
            .withVectors()
            .run(folder, source.toString());
    assertThat(said.err()).isEmpty();
    assertThat(said.out()).singleElement().asString().matches("Genotype\\(.*\\) [01]\\.\\d+");
  }
}
