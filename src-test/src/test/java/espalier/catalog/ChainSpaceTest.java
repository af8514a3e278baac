package espalier.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.catalog.ChainNetwork;
import espalier.core.catalog.ChainNetwork.Layer;
import espalier.core.catalog.ChainNetwork.Pooling;
import espalier.core.catalog.ChainSpace;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.io.ImageSpec;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace.Size;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chains of layers, wired by anchor points. */
final class ChainSpaceTest {
  private static final ImageSpec IMAGE = new ImageSpec(16, 16, 3);
  private static final int CLASSES = 10;

  private static NetworkCounts counts(Layer... layers) {
    return NetworkCounts.declared(new ChainNetwork(List.of(layers)).network(CLASSES), IMAGE);
  }

  private static Layer layer(
      int extent, int filters, int stride, Pooling pooling, Integer... from) {
    return new Layer(extent, extent, filters, stride, pooling, List.of(from));
  }

  /** Weights, and the two numbers that normalise a filter. */
  private static long convolution(int extent, int inputs, int filters) {
    return (long) extent * extent * inputs * filters + 2L * filters;
  }

  private static long classifier(int features) {
    return (long) features * CLASSES + CLASSES;
  }

  @Test
  void aLayerReadsWhatItsAnchorsSayAndTheClassifierWhatNobodyReads() {
    NetworkCounts counts =
        counts(
            layer(3, 24, 1, Pooling.NONE),
            layer(5, 36, 2, Pooling.NONE, 0),
            layer(1, 48, 1, Pooling.NONE),
            layer(7, 64, 1, Pooling.MAX, 0, 1));
    assertThat(counts.parameters())
        .isEqualTo(
            convolution(3, 3, 24)
                + convolution(5, 24, 36)
                + convolution(1, 3, 48)
                + convolution(7, 24 + 36, 64)
                + classifier(48 + 64));
    long pixels = 16 * 16;
    assertThat(counts.multiplyAccumulates())
        .isEqualTo(
            pixels * 27 * 24
                + pixels / 4 * 25 * 24 * 36
                + pixels * 3 * 48
                + pixels * 49 * (24 + 36) * 64
                + (48 + 64) * CLASSES);
  }

  @Test
  void imagesOfOnePixelAreNotPooledAnyFurther() {
    Layer halving = layer(1, 24, 2, Pooling.MAX);
    Layer next = layer(1, 24, 2, Pooling.MAX, 0);
    Layer last = layer(1, 24, 2, Pooling.MAX, 1);
    assertThat(counts(halving, next, last).parameters())
        .isEqualTo(convolution(1, 3, 24) + 2 * convolution(1, 24, 24) + classifier(24));
  }

  @Test
  void aLayerCannotReadItself() {
    assertThatThrownBy(() -> new ChainNetwork(List.of(layer(1, 24, 1, Pooling.NONE, 0))))
        .hasMessage("chain: layer 0 reads layer 0, expected one before it");
  }

  @Test
  void thereAreAsManyChainsAsWaysToDecide() {
    long layer = 4 * 4 * 4 * 2 * 2;
    BigInteger two = BigInteger.valueOf(layer * layer * 2);
    BigInteger three = two.multiply(BigInteger.valueOf(layer * 4));
    assertThat(ChainSpace.of(2, 3).size()).isEqualTo(new Size.Exact(two.add(three)));
  }

  @Test
  void everyChainIsANetworkAndIsReadAsItIsPrinted() {
    ComposedSpace<ChainNetwork> space = ChainSpace.of(1, 5);
    Philox random = Philox.of(3, "chains");
    for (int i = 0; i < 40; i++) {
      Decision chain = space.sample(random.trial(i));
      assertThat(space.parse(space.print(chain))).isEqualTo(chain);
      NetworkCounts counts = NetworkCounts.declared(space.model(chain, CLASSES), IMAGE);
      assertThat(counts).isEqualTo(NetworkCounts.live(space.model(chain, CLASSES), IMAGE));
    }
  }
}
