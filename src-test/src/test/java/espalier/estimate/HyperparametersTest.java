package espalier.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.catalog.PocketNetwork;
import espalier.core.catalog.PocketSpace;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.Joined;
import espalier.core.compose.JoinedRows;
import espalier.core.compose.Pick;
import espalier.core.data.Augmentation;
import espalier.core.estimate.Hyperparameters;
import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.space.CandidateSpace.Size;
import espalier.core.train.Adam;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a network is trained, as spaces ask it. */
final class HyperparametersTest {
  private static final int OF_ADAMW = 6 * 3 * 4;
  private static final int OF_SGD = 6 * 4 * 2 * 4;
  private static final int OF_ALL = 3 * 2 * 3;

  private static ComposedSpace<Hyperparameters> space(Pick<Hyperparameters> pick) {
    return new ComposedSpace<>("training", pick, (_, _) -> Network.of(Layer.identity()));
  }

  @Test
  void imagesAskEachMethodForItsOwn() {
    ComposedSpace<Hyperparameters> space = space(Hyperparameters.ofImages(1_000));
    int size = (OF_ADAMW + OF_SGD) * OF_ALL;
    assertThat(space.size()).isEqualTo(new Size.Exact(BigInteger.valueOf(size)));
    Set<Recipe> recipes = new HashSet<>();
    for (int rank = 0; rank < size; rank++) {
      recipes.add(space.value(space.at(BigInteger.valueOf(rank))).of(Recipe.standard()));
    }
    assertThat(recipes).hasSize(size);
  }

  @Test
  void whatWasDecidedIsWhatTrains() {
    ComposedSpace<Hyperparameters> space = space(Hyperparameters.ofImages(1_000));
    Recipe recipe =
        space
            .value(
                space.parse(
                    "{method: sgd{rate: 0.3, momentum: 0.95, nesterov: true, decay: 0.00001},"
                        + " batch: 64, mirror: true, margin: 2}"))
            .of(Recipe.standard());
    assertThat(recipe.optimizer()).isEqualTo(new Sgd(0.95, 1e-5, true));
    assertThat(recipe.schedule()).isEqualTo(new Schedule.Cosine(0.3, 0));
    assertThat(recipe.batchSize()).isEqualTo(64);
    assertThat(recipe.augmentation()).isEqualTo(new Augmentation(2, true, 0));
    assertThat(
            space
                .value(
                    space.parse(
                        "{method: adamw{rate: 0.0001, beta2: 0.99, decay: 0.1},"
                            + " batch: 32, mirror: false, margin: 0}"))
                .optimizer())
        .isEqualTo(new Adam(0.9, 0.99, 1e-8, 0.1, true));
  }

  @Test
  void noBatchIsLargerThanTheData() {
    ComposedSpace<Hyperparameters> space = space(Hyperparameters.ofImages(20));
    assertThat(space.value(space.at(BigInteger.ZERO)).batchSize()).isEqualTo(20);
  }

  @Test
  void tablesAskFourThingsOfEitherMethod() {
    ComposedSpace<Hyperparameters> space = space(Hyperparameters.among(100));
    assertThat(space.options()).containsExactly(2, 6, 5, 3);
    Hyperparameters adam =
        space.value(space.parse("{method: ADAMW, rate: 0.0003, decay: 0.1, batch: 16}"));
    assertThat(adam)
        .isEqualTo(
            new Hyperparameters(
                new Adam(0.9, 0.999, 1e-8, 0.1, true), 3e-4, 16, Augmentation.none()));
    Hyperparameters sgd =
        space.value(space.parse("{method: SGD, rate: 0.01, decay: 0.00001, batch: 64}"));
    assertThat(sgd.optimizer()).isEqualTo(new Sgd(0.9, 1e-5, false));
    assertThat(sgd.rate()).isCloseTo(0.1, within(1e-15));
  }

  @Test
  void whatIsAskedOnlyBelowAMethodJoinsToAnySpace() {
    ComposedSpace<PocketNetwork> networks = PocketSpace.standard();
    var space = new JoinedRows<>(networks, "training", Hyperparameters.ofImages(640));
    Philox random = Philox.of(5, "joined");
    int trainings = 0;
    int draws = 600;
    double expected = 0;
    double variance = 0;
    for (int i = 0; i < draws; i++) {
      Joined<Decision> joined = space.sample(random.step(i));
      int[] choices = space.choices(joined);
      assertThat(space.ofChoices(choices)).isEqualTo(joined);
      assertThat(space.parse(space.print(joined))).isEqualTo(joined);
      boolean isSgd = space.beside(joined).optimizer() instanceof Sgd;
      int active = 0;
      for (boolean each : space.active(choices)) {
        active += each ? 1 : 0;
      }
      assertThat(active).isEqualTo(5 + 1 + (isSgd ? 4 : 3) + 3);
      Joined<Decision> mutant = space.mutate(joined, random.step(i));
      assertThat(mutant).isNotEqualTo(joined);
      trainings += mutant.architecture().equals(joined.architecture()) ? 1 : 0;
      double share = (active - 5.0) / active;
      expected += share;
      variance += share * (1 - share);
    }
    assertThat(trainings).isCloseTo((int) expected, within((int) (4 * Math.sqrt(variance))));
  }
}
