package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine counts what everyone counts. */
final class ClassicCountsTest {

  private static Counts count(Layer layers, int extent, int channels) {
    return Counts.of(Network.of(layers), extent, extent, channels);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 269722, 40551040",
    "5, 464154, 68862592",
    "7, 658586, 97174144",
    "9, 853018, 125485696",
    "18, 1727962, 252887680"
  })
  void residualNetworksForCifar(int n, long parameters, long multiplyAccumulates) {
    assertThat(count(ClassicNetworks.cifarResNet(n), 32, 3))
        .isEqualTo(new Counts(parameters, multiplyAccumulates));
  }

  @Test
  void theSmallestResidualNetworkForCifar() {
    assertThat(count(ClassicNetworks.cifarResNet(1), 32, 3).parameters()).isEqualTo(75_290);
  }

  @Test
  void networksForDigits() {
    assertThat(count(ClassicNetworks.leNet5(), 28, 1)).isEqualTo(new Counts(61_706, 416_520));
    assertThat(count(ClassicNetworks.perceptron(128, 10), 28, 1))
        .isEqualTo(new Counts(101_770, 101_632));
  }

  @Test
  void residualNetworksForImageNet() {
    assertImageNet(ClassicNetworks.resNet(false, 2, 2, 2, 2), 11_689_512, 1814);
    assertImageNet(ClassicNetworks.resNet(false, 3, 4, 6, 3), 21_797_672, 3664);
    assertImageNet(ClassicNetworks.resNet(true, 3, 4, 6, 3), 25_557_032, 4089);
  }

  @Test
  void networksOfPlainConvolutions() {
    assertImageNet(
        ClassicNetworks.vgg(64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0),
        132_863_336,
        7609);
    assertImageNet(
        ClassicNetworks.vgg(
            64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0),
        138_357_544,
        15_470);
  }

  @Test
  void networksOfInvertedResiduals() {
    assertThat(count(ClassicNetworks.mobileNetV2(), 224, 3))
        .isEqualTo(new Counts(3_504_872, 300_774_272));
  }

  private static void assertImageNet(Layer layers, long parameters, long millions) {
    Counts counts = count(layers, 224, 3);
    assertThat(counts.parameters()).isEqualTo(parameters);
    assertThat(Math.round(counts.multiplyAccumulates() / 1e6)).isEqualTo(millions);
  }
}
