package espalier.space;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace.Size;
import espalier.core.space.Categorical;
import espalier.core.space.DartsSpace;
import espalier.core.space.Nb201Space;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Architectures as rows of choices. */
final class CategoricalTest {
  private static final Nb201Space NB201 = Nb201Space.standard();
  private static final DartsSpace DARTS = DartsSpace.cifar();

  @Test
  void theDecisionsOfNasBench201AreItsEdgesInTheOrderOfItsNotation() {
    assertThat(NB201.options()).containsExactly(5, 5, 5, 5, 5, 5);
    var cell =
        NB201.parse(
            "|none~0|+|skip_connect~0|nor_conv_1x1~1|+|nor_conv_3x3~0|avg_pool_3x3~1|none~2|");
    assertThat(NB201.choices(cell)).containsExactly(0, 1, 2, 3, 4, 0);
  }

  @Test
  void aDartsNodeDecidesOnItsSourcesAndThenOnTheirOperations() {
    List<Integer> cell = List.of(7, 7, 3, 7, 7, 6, 7, 7, 10, 7, 7);
    assertThat(DARTS.options().subList(0, cell.size())).isEqualTo(cell);
    assertThat(DARTS.options().subList(cell.size(), 2 * cell.size())).isEqualTo(cell);
  }

  @Test
  void thereAreAsManyRowsOfChoicesAsArchitectures() {
    for (Categorical<?> space : List.of(NB201, DARTS)) {
      BigInteger rows =
          space.options().stream()
              .map(n -> BigInteger.valueOf(n))
              .reduce(BigInteger.ONE, BigInteger::multiply);
      assertThat(space.size()).isEqualTo(new Size.Exact(rows));
    }
  }

  @Test
  void everyRowOfChoicesIsAnotherArchitecture() {
    Set<Object> met = new HashSet<>();
    int[] choices = new int[6];
    for (int row = 0; row < NB201.count(); row++) {
      int left = row;
      for (int i = 0; i < choices.length; i++) {
        choices[i] = left % 5;
        left /= 5;
      }
      var cell = NB201.ofChoices(choices);
      assertThat(NB201.choices(cell)).isEqualTo(choices);
      met.add(cell);
    }
    assertThat(met).hasSize(NB201.count());
  }

  @Test
  void choicesAndArchitecturesAreOfOneAnother() {
    assertRoundTrips(DARTS);
    assertRoundTrips(NB201);
  }

  private static <A> void assertRoundTrips(Categorical<A> space) {
    Philox random = Philox.of(1, "choices");
    for (int draw = 0; draw < 500; draw++) {
      A architecture = space.sample(random.trial(draw));
      int[] choices = space.choices(architecture);
      assertThat(space.ofChoices(choices)).isEqualTo(architecture);
      for (int i = 0; i < choices.length; i++) {
        assertThat(choices[i]).isBetween(0, space.options().get(i) - 1);
      }
    }
  }
}
