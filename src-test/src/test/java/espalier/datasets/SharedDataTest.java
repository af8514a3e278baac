package espalier.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.data.Dataset;
import espalier.core.io.ImageSpec;
import espalier.core.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("shared-data")
final class SharedDataTest {

  @Test
  void fashionMnistHasItsSizesClassesAndFirstLabels() throws IOException {
    var folder = SharedData.folder("fashion-mnist");
    var read = Datasets.open(folder);
    var test = read.test().orElseThrow();
    assertThat(read.format()).isEqualTo("IDX files");
    assertThat(read.training().image()).isEqualTo(new ImageSpec(28, 28, 1));
    assertThat(read.training().size()).isEqualTo(60_000);
    assertThat(test.size()).isEqualTo(10_000);
    assertThat(read.training().classNames()).isEqualTo(FashionMnist.CLASSES);
    assertThat(counts(read.training())).containsOnly(6_000);
    assertThat(counts(test)).containsOnly(1_000);
    assertThat(IntStream.range(0, 5).map(read.training()::label)).containsExactly(9, 0, 0, 3, 0);
    for (var file : FashionMnist.FILES) {
      assertThat(Files.size(folder.resolve(file.name()))).isEqualTo(file.bytes());
      assertThat(Sha256.of(folder.resolve(file.name()))).isEqualTo(file.sha256());
    }
  }

  @Test
  void cifar10HasItsSizesClassesAndFirstPixels() {
    var read = Datasets.open(SharedData.folder("cifar-10"));
    var test = read.test().orElseThrow();
    assertThat(read.format()).isEqualTo("CIFAR-10 batches");
    assertThat(read.training().image()).isEqualTo(new ImageSpec(32, 32, 3));
    assertThat(read.training().size()).isEqualTo(20_000);
    assertThat(test.size()).isEqualTo(10_000);
    assertThat(read.training().classNames()).startsWith("airplane").endsWith("truck");
    assertThat(counts(test)).containsOnly(1_000);
    // The first image of data_batch_1 is a frog whose first pixel is 59, 62, 63.
    assertThat(read.training().classNames().get(read.training().label(0))).isEqualTo("frog");
    var values = new float[3072];
    read.training().read(0, values, 0);
    assertThat(values).startsWith(59 / 255f, 62 / 255f, 63 / 255f);
  }

  private static int[] counts(Dataset images) {
    var counts = new int[images.classNames().size()];
    IntStream.range(0, images.size()).forEach(i -> counts[images.label(i)]++);
    return counts;
  }
}
