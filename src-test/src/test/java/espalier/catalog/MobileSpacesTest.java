package espalier.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.core.catalog.MnasBlock;
import espalier.core.catalog.MnasBlock.Operation;
import espalier.core.catalog.MnasBlock.Skip;
import espalier.core.catalog.MnasNetSpace;
import espalier.core.catalog.MobileNet;
import espalier.core.catalog.MobileSpaces;
import espalier.core.catalog.SizedMobileNet;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.io.ImageSpec;
import espalier.core.nn.Activation;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace.Size;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Spaces of mobile networks: sizes, what decisions mean, and what no path leads through. */
final class MobileSpacesTest {
  private static final int CLASSES = 10;

  private static Size exactly(BigInteger count) {
    return new Size.Exact(count);
  }

  private static List<Integer> widths(MobileNet net) {
    return net.stages().stream().map(MobileNet.Stage::channels).toList();
  }

  /** Samples are read as printed, and all they declare is on the way to their output. */
  private static void assertWhole(ComposedSpace<?> space, int samples, ImageSpec... images) {
    Philox random = Philox.of(7, space.name());
    for (int i = 0; i < samples; i++) {
      Decision sample = space.sample(random.trial(i));
      assertThat(space.parse(space.print(sample))).isEqualTo(sample);
      for (ImageSpec image : images) {
        NetworkCounts counts = NetworkCounts.declared(space.model(sample, CLASSES), image);
        assertThat(counts).isEqualTo(NetworkCounts.live(space.model(sample, CLASSES), image));
      }
    }
  }

  @Test
  void onceForAllHasItsPublishedNumberOfNetworksForEachOfItsSizes() {
    BigInteger stages = BigInteger.valueOf(9 * 9 + 9 * 9 * 9 + 9 * 9 * 9 * 9).pow(5);
    assertThat(stages.doubleValue()).isBetween(2e19, 2.5e19);
    assertThat(MobileSpaces.onceForAllSized().size())
        .isEqualTo(exactly(stages.multiply(BigInteger.valueOf(2 * 25))));
    assertWhole(MobileSpaces.onceForAllSized(), 3, new ImageSpec(64, 64, 3));
  }

  @Test
  void widthAndResolutionOfOnceForAllMeanWhatWasPublished() {
    ComposedSpace<SizedMobileNet> space = MobileSpaces.onceForAllSized();
    String stage = "[{kernel: 3, expansion: 4}, {kernel: 7, expansion: 6}]";
    String stages = "{0: , 1: %1$s, 2: %1$s, 3: %1$s, 4: %1$s, 5: %1$s}".formatted(stage);
    String sized = "{width: %s, resolution: %d, stages: %s}";
    SizedMobileNet wide = space.value(space.parse(sized.formatted("1.2", 132, stages)));
    assertThat(wide.resolution()).isEqualTo(132);
    assertThat(wide.net().stem()).isEqualTo(24);
    assertThat(widths(wide.net())).containsExactly(24, 32, 48, 96, 136, 192);
    assertThat(wide.net().head()).isEqualTo(1152);
    SizedMobileNet plain = space.value(space.parse(sized.formatted("1.0", 160, stages)));
    ComposedSpace<MobileNet> unsized = MobileSpaces.onceForAll();
    assertThat(plain.net()).isEqualTo(unsized.value(unsized.parse(stages)));
    assertThat(NetworkCounts.declared(plain.network(CLASSES), new ImageSpec(224, 224, 3)))
        .isEqualTo(
            NetworkCounts.declared(plain.net().network(CLASSES), new ImageSpec(160, 160, 3)));
  }

  private static MobileNet.Stage stage(
      int channels, int stride, int depth, Operation operation, int kernel, Skip skip) {
    return MobileNet.Stage.of(
        channels, stride, depth, new MnasBlock(operation, kernel, false, skip));
  }

  @Test
  void layersOfMnasNetAreThoseOfItsPublishedNetworks() {
    MobileNet b1 =
        new MobileNet(
            32,
            2,
            List.of(
                stage(16, 1, 1, Operation.SEPARABLE, 3, Skip.NONE),
                stage(24, 2, 3, Operation.INVERTED3, 3, Skip.IDENTITY),
                stage(40, 2, 3, Operation.INVERTED3, 5, Skip.IDENTITY),
                stage(80, 2, 3, Operation.INVERTED6, 5, Skip.IDENTITY),
                stage(96, 1, 2, Operation.INVERTED6, 3, Skip.IDENTITY),
                stage(192, 2, 4, Operation.INVERTED6, 5, Skip.IDENTITY),
                stage(320, 1, 1, Operation.INVERTED6, 3, Skip.NONE)),
            1280,
            Activation.RELU);
    NetworkCounts counts = NetworkCounts.declared(b1.network(1000), new ImageSpec(224, 224, 3));
    assertThat(counts.parameters()).isEqualTo(4_383_312);
    assertThat(counts.multiplyAccumulates() / 1e6).isBetween(314.41, 314.42);
    MobileNet a1 =
        new MobileNet(
            32,
            2,
            List.of(
                stage(16, 1, 1, Operation.SEPARABLE, 3, Skip.NONE),
                stage(24, 2, 2, Operation.INVERTED6, 3, Skip.IDENTITY),
                squeezed(40, 2, 3, Operation.INVERTED3, 5),
                stage(80, 2, 4, Operation.INVERTED6, 3, Skip.IDENTITY),
                squeezed(112, 1, 2, Operation.INVERTED6, 3),
                squeezed(160, 2, 3, Operation.INVERTED6, 5),
                stage(320, 1, 1, Operation.INVERTED6, 3, Skip.NONE)),
            1280,
            Activation.RELU);
    counts = NetworkCounts.declared(a1.network(1000), new ImageSpec(224, 224, 3));
    assertThat(counts.parameters()).isEqualTo(3_887_038);
    assertThat(counts.multiplyAccumulates() / 1e6).as("published: 312 M").isBetween(311.5, 312.5);
  }

  private static MobileNet.Stage squeezed(
      int channels, int stride, int depth, Operation operation, int kernel) {
    return MobileNet.Stage.of(
        channels, stride, depth, new MnasBlock(operation, kernel, true, Skip.IDENTITY));
  }

  private static final String BLOCK =
      "{operation: %s, kernel: 5, squeeze: 0.25, skip: %s, filters: 1.25, layers: %d}";

  private static String mnas(String first) {
    String other = BLOCK.formatted("inverted6", "identity", 0);
    return "{0: %1$s, 1: %2$s, 2: %2$s, 3: %2$s, 4: %2$s, 5: %2$s, 6: %2$s}"
        .formatted(first, other);
  }

  @Test
  void eachBlockOfMnasNetIsDecidedIn432Ways() {
    ComposedSpace<MobileNet> space = MnasNetSpace.standard();
    assertThat(space.size()).isEqualTo(exactly(BigInteger.valueOf(432).pow(7)));
    assertWhole(space, 12, new ImageSpec(32, 32, 3), new ImageSpec(28, 28, 1));
    MobileNet net = space.value(space.parse(mnas(BLOCK.formatted("dense", "pooling", 1))));
    assertThat(widths(net)).containsExactly(20, 30, 40, 80, 120, 200, 400);
    assertThat(net.stages().stream().map(each -> each.blocks().size()))
        .containsExactly(2, 2, 3, 4, 3, 3, 1);
  }

  @Test
  void blocksThatAreLeftOutAreOneNetwork() {
    ComposedSpace<MobileNet> space = MnasNetSpace.standard();
    Decision one = space.parse(mnas(BLOCK.formatted("dense", "pooling", -1)));
    Decision other = space.parse(mnas(BLOCK.formatted("separable", "none", -1)));
    assertThat(space.value(one).stages()).hasSize(6);
    assertThat(space.canonical(one)).isEqualTo(space.canonical(other));
    assertThat(space.canonical(one))
        .isNotEqualTo(space.canonical(space.parse(mnas(BLOCK.formatted("dense", "none", 0)))));
  }

  /** Shortcuts have no weights: only what is around them is counted. */
  @Test
  void whatIsAddedToALayerChangesItsOutputAndNotItsCounts() {
    ComposedSpace<MobileNet> space = MnasNetSpace.standard();
    Set<NetworkCounts> counts = new HashSet<>();
    for (String operation : List.of("dense", "separable", "inverted3", "inverted6")) {
      for (String skip : List.of("none", "identity", "pooling")) {
        Decision decision = space.parse(mnas(BLOCK.formatted(operation, skip, 1)));
        counts.add(
            NetworkCounts.declared(space.model(decision, CLASSES), new ImageSpec(32, 32, 3)));
      }
    }
    assertThat(counts).hasSize(4);
  }

  @Test
  void smallNetworksTakeSmallImages() {
    ComposedSpace<SizedMobileNet> space = MobileSpaces.small(8);
    long stage = 3 * 2 * 2 * 2;
    assertThat(space.size())
        .isEqualTo(exactly(BigInteger.valueOf(stage * stage * stage * 3 * 3 * 2)));
    assertWhole(space, 20, new ImageSpec(28, 28, 1), new ImageSpec(32, 32, 3));
    String each = "{depth: 2, kernel: 5, expansion: 4, squeeze: true}";
    SizedMobileNet net =
        space.value(
            space.parse(
                "{channels: 12, resolution: 24, activation: SWISH, stages: [%1$s, %1$s, %1$s]}"
                    .formatted(each)));
    assertThat(net.resolution()).isEqualTo(24);
    assertThat(net.net().stem()).isEqualTo(12);
    assertThat(widths(net.net())).containsExactly(12, 24, 48);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MobileSpaces.small(7))
        .withMessage("mobile-small: 7 channels, expected an even number of 2 or more");
  }
}
