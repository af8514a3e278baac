package espalier.morph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.DataException;
import espalier.core.io.ImageSpec;
import espalier.core.morph.GrowingNetwork;
import espalier.core.morph.GrowingSpace;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrowingSpaceTest {
  /*
   * Two stages of one layer: 2 · 2·2 networks, the later layer with or without a skip. Three layers,
   * two of them in the first stage: 2³ · 2 · 2; two of them in the second: 2³ · 2 · 4.
   */
  private static final GrowingSpace TINY = new GrowingSpace(2, 4, 1, List.of(3), 3);
  private static final int ALL = 8 + 32 + 64;

  @Test
  void samplesAreUniformOverAllThatAreCounted() {
    assertThat(TINY.size()).isEqualTo(new CandidateSpace.Size.Exact(BigInteger.valueOf(ALL)));
    int each = 100;
    Map<String, Integer> found = new TreeMap<>();
    for (int i = 0; i < each * ALL; i++) {
      GrowingNetwork network = TINY.sample(Philox.of(1, "networks").trial(i));
      assertThat(TINY.parse(TINY.print(network))).isEqualTo(network);
      found.merge(TINY.canonical(network), 1, Integer::sum);
    }
    assertThat(found).hasSize(ALL);
    double chiSquare = 0;
    for (int count : found.values()) {
      chiSquare += (double) (count - each) * (count - each) / each;
    }
    // 103 degrees of freedom: mean 103, deviation √206.
    assertThat(chiSquare).isLessThan(ALL + 4 * Math.sqrt(2 * ALL));
  }

  /** Filters, normalisation of each channel, the skip's 1×1 filters and the classifier. */
  @Test
  void parametersAreThoseOfItsLayers() {
    GrowingSpace space = new GrowingSpace(2, 4, 2, List.of(3, 5), 4);
    GrowingNetwork network = space.parse("4x3 8x5+0 / 16x3+1");
    NetworkCounts counts = NetworkCounts.live(space.model(network, 10), new ImageSpec(8, 8, 3));
    long wanted =
        (27 * 4 + 8) + (25 * 4 * 8 + 16 + 4 * 8) + (9 * 8 * 16 + 32 + 8 * 16) + (16 * 10 + 10);
    assertThat(counts.parameters()).isEqualTo(wanted);
    assertThat(space.print(space.small(Philox.of(1, "small")))).matches("4x[35] / 4x[35]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4x3",
        "4x3 / 4x3 /",
        "/ 4x3",
        "4x3 / / 4x3",
        "5x3 / 4x3",
        "16x3 / 4x3",
        "4x5 / 4x3",
        "4x3 / 4x3+1",
        "4x3 4x3+0+0 / 4x3",
        "4x3 4x3 / 4x3+0",
        "4x3 4x3 4x3 / 4x3",
        "4x3 ; 4x3"
      })
  void whatIsNoNetworkOfTheSpaceIsRefused(String text) {
    assertThatThrownBy(() -> TINY.parse(text)).isInstanceOf(DataException.class);
  }

  @Test
  void spacesWithoutNetworksAreRefused() {
    assertThatThrownBy(() -> new GrowingSpace(3, 4, 1, List.of(3), 2))
        .hasMessageContaining("3 stages, width 4 doubled 1 times, 2 layers");
    assertThatThrownBy(() -> new GrowingSpace(1, 1 << 15, 2, List.of(3), 2))
        .hasMessageContaining("width 32768 doubled 2 times");
    assertThatThrownBy(() -> new GrowingSpace(1, 4, 1, List.of(2), 2))
        .hasMessageContaining("kernels [2], expected odd extents");
  }
}
