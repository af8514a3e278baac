package espalier.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.catalog.ChainSpace;
import espalier.core.catalog.MobileSpaces;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.random.Philox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published spaces in which choices depend on others, as rows of choices. */
final class RowsOfTheCatalogTest {
  @Test
  void aStageOfOnceForAllSaysHowManyBlocksAndThenWhich() {
    List<Integer> options = MobileSpaces.onceForAll().options();
    assertThat(options).hasSize(5 * 9);
    assertThat(options.subList(0, 9)).containsOnly(3);
  }

  @Test
  void aLayerOfProxylessSaysWhetherAndThenWhich() {
    List<Integer> options = MobileSpaces.proxyless().options();
    assertThat(options).hasSize(6 * 2 + 15 * 3);
    assertThat(options.subList(0, 5)).containsExactly(3, 2, 2, 3, 2);
  }

  @Test
  void aChainSaysHowDeepAndThenWhatChainsOfThatDepthAsk() {
    List<Integer> options = ChainSpace.of(1, 2).options();
    assertThat(options).hasSize(1 + 5 + (5 + 6));
    assertThat(options).startsWith(2, 4, 4, 4, 2, 2, 4);
  }

  @Test
  void architecturesAreReadFromTheirRows() {
    for (ComposedSpace<?> space :
        List.of(MobileSpaces.onceForAll(), MobileSpaces.proxyless(), ChainSpace.of(2, 6))) {
      for (int i = 0; i < 50; i++) {
        Decision decision = space.sample(Philox.of(i, "rows"));
        assertThat(space.ofChoices(space.choices(decision))).isEqualTo(decision);
      }
    }
  }
}
