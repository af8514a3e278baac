package espalier.search;

import static espalier.search.ConditionalLandscape.ACCURACY;
import static espalier.search.ConditionalLandscape.SIZE;
import static espalier.search.ConditionalLandscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.catalog.ChainSpace;
import espalier.core.catalog.MobileSpaces;
import espalier.core.catalog.PocketSpace;
import espalier.core.compose.Decision;
import espalier.core.compose.JoinedRows;
import espalier.core.estimate.Hyperparameters;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.Estimator;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import espalier.core.statistics.PairedTest;
import espalier.core.statistics.Summary;
import espalier.core.strategy.Bohb;
import espalier.core.strategy.Bracket;
import espalier.core.strategy.Exp3Search;
import espalier.core.strategy.HedgeSearch;
import espalier.core.strategy.ProximalPolicy;
import espalier.core.strategy.Reinforce;
import espalier.core.strategy.Strategies;
import espalier.core.strategy.TreeParzenEstimator;
import espalier.core.strategy.UpperConfidenceTree;
import espalier.search.AlteredRows.Alteration;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategies where some choices are asked for only after others. */
final class ConditionalSpacesTest {
  private static final int TRIALS = 100;
  private static final int KIT_TRIALS = 60;
  private static final int SEEDS = 30;
  private static final StrategyKit<Decision> KIT =
      new StrategyKit<>(
          new StrategyKit.Ground<>(
              SPACE,
              new ConditionalLandscape(),
              ACCURACY,
              ConditionalLandscape::accuracy,
              SIZE,
              2,
              KIT_TRIALS));

  private static <A, S extends Categorical<A> & Neighbourly<A> & Crossable<A> & Encodable<A>>
      SequencedMap<String, Strategies.Opening<A>> all(S space) {
    SequencedMap<String, Strategies.Opening<A>> all = new LinkedHashMap<>(Strategies.of(space));
    all.putAll(Strategies.ofFidelities(space, 9));
    return all;
  }

  private static OpeningOn<Decision> opening(Strategies.Opening<Decision> strategy) {
    return (trials, seed) -> strategy.open(ACCURACY, trials, seed);
  }

  @ParameterizedTest
  @MethodSource("namesOfRows")
  void theContractHolds(String name) {
    OpeningOn<Decision> opening = ofRows(SPACE, name);
    KIT.replaysFromItsSeed(opening);
    KIT.anotherSeedIsAnotherSearch(opening);
    KIT.spendsItsBudgetExactly(opening);
    KIT.survivesFailuresAndNumbersThatAreNone(opening);
    KIT.trainsNothingThatALimitExcludes(opening);
    KIT.resumesExactly(opening);
  }

  static Stream<String> names() {
    return all(SPACE).keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyStrategySearchesThePublishedSpaces(String name) {
    searches(MobileSpaces.onceForAll(), name);
    searches(MobileSpaces.proxyless(), name);
    searches(ChainSpace.of(1, 4), name);
    searches(
        new JoinedRows<>(PocketSpace.standard(), "training", Hyperparameters.ofImages(640)), name);
  }

  /** Long enough for those that learn to propose what they have learnt. */
  private static <A, S extends Categorical<A> & Neighbourly<A> & Crossable<A> & Encodable<A>>
      void searches(S space, String name) {
    int trials = 40;
    Objective length = Objective.maximise("length");
    Estimator<A> estimator =
        trial ->
            new Outcome.Measured(Metrics.of("length", space.print(trial.candidate()).length()));
    History<A> history =
        new BlackBoxStudy<>(space, estimator, Objectives.of(length), Settings.charged(trials))
            .run(Strategies.named(all(space), name).open(length, trials, 1));
    assertThat(history.charged()).hasSize(trials);
    assertThat(history.incumbent(length)).isPresent();
  }

  /** Those that see rows of choices. */
  private static SequencedMap<String, OpeningOn<Decision>> ofRows(Categorical<Decision> space) {
    SequencedMap<String, OpeningOn<Decision>> openings = new LinkedHashMap<>();
    openings.put(
        "reinforce",
        (trials, seed) -> new Reinforce<>(space, ACCURACY, Reinforce.Settings.standard(), seed));
    openings.put(
        "ppo",
        (trials, seed) ->
            new ProximalPolicy<>(space, ACCURACY, ProximalPolicy.Settings.standard(), seed));
    openings.put(
        "tpe",
        (trials, seed) ->
            new TreeParzenEstimator<>(
                space, ACCURACY, TreeParzenEstimator.Settings.standard(), seed));
    openings.put(
        "uct",
        (trials, seed) ->
            new UpperConfidenceTree<>(
                space, ACCURACY, UpperConfidenceTree.Settings.standard(), seed));
    openings.put(
        "exp3",
        (trials, seed) -> new Exp3Search<>(space, ACCURACY, Exp3Search.Settings.standard(), seed));
    openings.put(
        "hedge",
        (trials, seed) ->
            new HedgeSearch<>(space, ACCURACY, HedgeSearch.Settings.standard(), seed));
    openings.put(
        "bohb",
        (trials, seed) ->
            new Bohb<>(space, ACCURACY, Bracket.bohb(9, 3), Bohb.Settings.standard(), seed));
    return openings;
  }

  static Stream<String> namesOfRows() {
    return ofRows(SPACE).keySet().stream();
  }

  private static History<Decision> run(OpeningOn<Decision> opening, int trials, long seed) {
    return new BlackBoxStudy<>(
            SPACE, new ConditionalLandscape(), Objectives.of(ACCURACY), Settings.charged(trials))
        .run(opening.open(trials, seed));
  }

  private static OpeningOn<Decision> ofRows(Categorical<Decision> space, String name) {
    return Objects.requireNonNull(ofRows(space).get(name));
  }

  /** Long enough for the densities of BOHB. */
  @ParameterizedTest
  @MethodSource("namesOfRows")
  void aChoiceThatDoesNotComeUpHasNoInfluence(String name) {
    Categorical<Decision> noisy = new AlteredRows(SPACE, Alteration.NOISE);
    int trials = 150;
    for (int seed = 0; seed < 2; seed++) {
      assertThat(run(ofRows(noisy, name), trials, seed))
          .isEqualTo(run(ofRows(SPACE, name), trials, seed));
    }
  }

  private static double[] found(OpeningOn<Decision> opening) {
    return IntStream.range(0, SEEDS)
        .mapToObj(seed -> run(opening, TRIALS, seed).incumbent(ACCURACY).orElseThrow())
        .mapToDouble(incumbent -> ConditionalLandscape.accuracy(incumbent.trial().candidate()))
        .toArray();
  }

  /** Who draws uniformly seldom sees attention, and hardly ever the best of it. */
  @ParameterizedTest
  @ValueSource(strings = {"reinforce", "ppo", "tpe", "uct", "exp3", "hedge"})
  void whoLearnsFindsWhatFewHave(String name) {
    double[] random = found(opening(Strategies.named(all(SPACE), "random")));
    double[] learnt = found(ofRows(SPACE, name));
    assertThat(Summary.of(learnt).mean()).isGreaterThan(Summary.of(random).mean() + 20);
    assertThat(PairedTest.wilcoxon(learnt, random)).isLessThan(1e-6);
  }

  @Test
  void theFindsOfTheParzenEstimatorAreBetterWithoutWhatDoesNotComeUp() {
    double[] one = found(ofRows(SPACE, "tpe"));
    double[] other = found(ofRows(new AlteredRows(SPACE, Alteration.ALL_ACTIVE), "tpe"));
    assertThat(Summary.of(one).mean()).isGreaterThan(Summary.of(other).mean() + 5);
    assertThat(PairedTest.wilcoxon(one, other)).isLessThan(1e-3);
  }

  @Test
  void lateTrialsOfTreeSearchAreBetterWithoutWhatDoesNotComeUp() {
    Categorical<Decision> all = new AlteredRows(SPACE, Alteration.ALL_ACTIVE);
    assertThat(KIT.lateAccuracy(ofRows(SPACE, "uct")))
        .isGreaterThan(KIT.lateAccuracy(ofRows(all, "uct")) + 15);
  }
}
