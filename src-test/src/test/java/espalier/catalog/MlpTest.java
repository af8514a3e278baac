package espalier.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.catalog.Mlp;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Joined;
import espalier.core.compose.JoinedRows;
import espalier.core.estimate.Hyperparameters;
import espalier.core.nn.Activation;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace;
import espalier.core.space.Cell;
import espalier.core.space.Nb201Space;
import espalier.core.train.Recipe;
import espalier.core.train.Sgd;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Perceptrons, and what is decided beside them or beside cells. */
final class MlpTest {
  private static final int TRAINING = 2 * 6 * 5 * 3;

  private static long parameters(Mlp mlp, int features, int outputs) {
    return NetworkCounts.declared(mlp.network(outputs), FeedSpec.rows(features)).parameters();
  }

  @Test
  void parametersAreThoseOfTheTextbook() {
    assertThat(parameters(Mlp.plain(128), 784, 10)).isEqualTo(101_770);
    assertThat(parameters(Mlp.plain(), 64, 10)).isEqualTo(650);
    Mlp normalised = new Mlp(List.of(16, 16), Activation.SWISH, true, true, 0.2);
    assertThat(parameters(normalised, 30, 2))
        .isEqualTo((30 * 16 + 16 + 32) + (16 * 16 + 16 + 32) + (16 * 2 + 2));
  }

  @Test
  void theSpaceHasAsManyAsItsChoicesAndFewLayersMakeSomeOfThemEqual() {
    ComposedSpace<Mlp> space = Mlp.space();
    int ofOneDepth = 6 * 2 * 2 * 2 * 4;
    int decisions = 5 * ofOneDepth;
    assertThat(space.size())
        .isEqualTo(new CandidateSpace.Size.Exact(BigInteger.valueOf(decisions)));
    Set<String> functions = new HashSet<>();
    for (int rank = 0; rank < decisions; rank++) {
      Decision decision = space.at(BigInteger.valueOf(rank));
      assertThat(space.parse(space.print(decision))).isEqualTo(decision);
      functions.add(space.canonical(decision));
    }
    // No hidden layer has but one form, and a single one has nothing to add to.
    assertThat(functions).hasSize(1 + ofOneDepth / 2 + 3 * ofOneDepth);
  }

  private static <A> void check(JoinedRows<A, ?, Hyperparameters> space, long architectures) {
    assertThat(space.size())
        .isEqualTo(new CandidateSpace.Size.Exact(BigInteger.valueOf(architectures * TRAINING)));
    Philox random = Philox.of(3, "joined");
    Joined<A> before = space.sample(random);
    int trainings = 0;
    for (int i = 0; i < 200; i++) {
      Joined<A> joined = space.sample(random.step(i));
      assertThat(space.parse(space.print(joined))).isEqualTo(joined);
      assertThat(space.ofChoices(space.choices(joined))).isEqualTo(joined);
      assertThat(space.encode(joined)).hasSize(space.encodingLength());
      Joined<A> mutant = space.mutate(joined, random.step(i));
      assertThat(space.neighbours(joined)).contains(mutant).doesNotContain(joined);
      trainings += mutant.architecture().equals(joined.architecture()) ? 1 : 0;
      Joined<A> child = space.cross(joined, before, random.step(i));
      int[] choices = space.choices(child);
      for (int c = 0; c < choices.length; c++) {
        assertThat(choices[c]).isIn(space.choices(joined)[c], space.choices(before)[c]);
      }
      before = joined;
    }
    // 4 of the decisions are beside the architecture; four deviations of a count of 200.
    double share = 4.0 / space.options().size();
    assertThat(Math.abs(trainings - 200 * share)).isLessThan(4 * Math.sqrt(200 * share));
  }

  @Test
  void trainingJoinsToPerceptronsAndToCellsAlike() {
    check(new JoinedRows<>(Mlp.space(), "training", Hyperparameters.among(100)), 960);
    JoinedRows<Cell, Nb201Space, Hyperparameters> cells =
        new JoinedRows<>(Nb201Space.standard(), "training", Hyperparameters.among(100));
    check(cells, 15_625);
  }

  @Test
  void ratesAreStepsOnALogarithmicScaleAndNoBatchIsLargerThanTheData() {
    var space = new JoinedRows<>(Mlp.space(), "training", Hyperparameters.among(40));
    Set<Double> rates = new TreeSet<>();
    for (int i = 0; i < 500; i++) {
      Hyperparameters training = space.beside(space.sample(Philox.of(i, "rates")));
      double scale = training.optimizer() instanceof Sgd ? 10 : 1;
      rates.add(Math.round(training.rate() / scale * 1e12) / 1e12);
      assertThat(training.batchSize()).isIn(16, 32);
      assertThat(training.of(Recipe.standard()).batchSize()).isEqualTo(training.batchSize());
    }
    List<Double> sorted = List.copyOf(rates);
    assertThat(sorted).hasSize(6).startsWith(3e-4).endsWith(1e-2);
    for (int i = 2; i < sorted.size(); i++) {
      assertThat(sorted.get(i) / sorted.get(i - 1))
          .isCloseTo(sorted.get(1) / sorted.get(0), within(1e-7));
    }
  }
}
