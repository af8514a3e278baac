package espalier.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.catalog.MobileNet;
import espalier.core.catalog.MobileSpaces;
import espalier.core.catalog.SizeSpace;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.io.ImageSpec;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.space.CandidateSpace.Size;
import java.math.BigInteger;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of the catalogue have the parameters and multiply-accumulates that were published. */
final class PublishedCountsTest {
  private static NetworkCounts counts(Network network, int extent) {
    return NetworkCounts.declared(network, new ImageSpec(extent, extent, 3));
  }

  private static NetworkCounts counts(ComposedSpace<?> space, String architecture) {
    Decision decision = space.parse(architecture);
    assertThat(space.print(decision)).isEqualTo(architecture);
    return counts(space.model(decision, 10), 32);
  }

  @ParameterizedTest
  @CsvSource({
    "00000000, 387882, 7713280",
    "11111111, 1588874, 53246464",
    "22222222, 2932586, 105660928",
    "22212220, 1985514, 85164544",
    "02012100, 890666, 47327744"
  })
  void nasBenchMacro(String digits, long parameters, long multiplyAccumulates) {
    assertThat(counts(MobileSpaces.nasBenchMacro(), macro(digits)))
        .isEqualTo(new NetworkCounts(parameters, multiplyAccumulates));
  }

  private static String macro(String digits) {
    return "{0: [%s, %s], 1: [%s, %s, %s], 2: [%s, %s, %s]}".formatted((Object[]) digits.split(""));
  }

  /**
   * Where nothing stands behind a first layer, its place is no matter: 9 ways for the stage of two
   * layers, 3 · (1 + 2 + 4) for each of three. The benchmark's best network and the one that ties
   * with it are such a pair.
   */
  @Test
  void isomorphicNetworksOfNasBenchMacroAreEqual() {
    ComposedSpace<MobileNet> space = MobileSpaces.nasBenchMacro();
    Set<String> classes = new TreeSet<>();
    for (int rank = 0; rank < 6561; rank++) {
      classes.add(space.canonical(space.at(BigInteger.valueOf(rank))));
    }
    assertThat(classes).hasSize(9 * 21 * 21);
    assertThat(space.canonical(space.parse(macro("22212220"))))
        .isEqualTo(space.canonical(space.parse(macro("22212202"))))
        .isNotEqualTo(space.canonical(space.parse(macro("22210222"))));
  }

  /** The benchmark's own counts include the 10 additions of the classifier's bias. */
  @ParameterizedTest
  @CsvSource({
    "8:8:8:8:8, 11714, 4481114",
    "8:8:8:16:32, 49202, 6840650",
    "8:8:40:32:40, 144834, 21827994",
    "16:16:32:32:64, 225466, 33866378",
    "64:64:64:64:64, 713674, 274399882"
  })
  void natsSizes(String widths, long parameters, long published) {
    NetworkCounts counts = counts(SizeSpace.nats(), "[" + widths.replace(":", ", ") + "]");
    assertThat(counts).isEqualTo(new NetworkCounts(parameters, published - 10));
  }

  @Test
  void networksOfMobileBlocks() {
    assertThat(counts(MobileNet.v2().network(1000), 224))
        .isEqualTo(new NetworkCounts(3_504_872, 300_774_272));
    assertThat(counts(MobileNet.efficientNetB0().network(1000), 224))
        .isEqualTo(new NetworkCounts(5_288_548, 385_814_752));
  }

  @Test
  void compoundScalingOfEfficientNet() {
    NetworkCounts b1 = counts(MobileNet.efficientNetB0().scaled(1.0, 1.1).network(1000), 240);
    assertThat(b1.parameters()).isEqualTo(7_794_184);
    assertThat(b1.multiplyAccumulates() / 1e9).isBetween(0.6865, 0.6875);
  }

  @Test
  void sizes() {
    assertThat(MobileSpaces.nasBenchMacro().size()).isEqualTo(exactly(6561));
    assertThat(SizeSpace.nats().size()).isEqualTo(exactly(32_768));
    BigInteger proxyless = BigInteger.valueOf(6).pow(6).multiply(BigInteger.valueOf(7).pow(15));
    assertThat(MobileSpaces.proxyless().size()).isEqualTo(new Size.Exact(proxyless));
    BigInteger stage = BigInteger.valueOf(81 + 729 + 6561);
    assertThat(MobileSpaces.onceForAll().size()).isEqualTo(new Size.Exact(stage.pow(5)));
  }

  private static Size exactly(long count) {
    return new Size.Exact(BigInteger.valueOf(count));
  }
}
