package espalier.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Pick;
import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The densities of BOHB; they lie in its package because nobody else may see them. */
final class CategoricalKernelsTest {
  /** One to three times one of three, or one of two, or none: 3 + 9 + 27, 2 and 1 ways. */
  private static final ComposedSpace<?> SPACE =
      new ComposedSpace<>(
          "conditional",
          Pick.each(
              List.of(
                  Pick.among(List.of("a", "b", "c")).several(1, 3).optional(),
                  Pick.among(List.of("x", "y")).map(List::of).optional())),
          (_, _) -> Network.of(Layer.identity()));

  @Property(tries = 60, seed = "35")
  void theDensityOfAllArchitecturesIsOne(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int rows) {
    List<Row> centres = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      centres.add(Row.of(SPACE, SPACE.sample(Philox.of(seed, "rows").trial(i))));
    }
    CategoricalKernels kernels = new CategoricalKernels(centres, SPACE.options(), 1e-3);
    double sum = 0;
    int size = SPACE.form().size().intValueExact();
    for (int rank = 0; rank < size; rank++) {
      Decision decision = SPACE.at(BigInteger.valueOf(rank));
      double density = kernels.density(Row.of(SPACE, decision));
      assertThat(density).isPositive();
      sum += density;
    }
    // Roundings of a few operations on each of few hundred terms.
    assertThat(sum).isCloseTo(1, within(1e-12));
  }
}
