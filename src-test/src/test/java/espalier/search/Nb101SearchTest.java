package espalier.search;

import espalier.core.random.Philox;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import espalier.core.space.Nb101Cell;
import espalier.core.space.Nb101Macro;
import espalier.core.space.Nb101Space;
import espalier.core.strategy.AsynchronousHalving;
import espalier.core.strategy.Bananas;
import espalier.core.strategy.Bracket;
import espalier.core.strategy.Hyperband;
import espalier.core.strategy.LocalSearch;
import espalier.core.strategy.NondominatedSorting;
import espalier.core.strategy.Npenas;
import espalier.core.strategy.PredictorGuidedSearch;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import espalier.core.strategy.RegularizedEvolution;
import espalier.core.strategy.SimulatedAnnealing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kit on the graphs of NAS-Bench-101, for strategies that need no row of choices. */
final class Nb101SearchTest {
  private static final Nb101Space SPACE = Nb101Space.of(new Nb101Macro(5, 1));
  private static final Objective ACCURACY = Objective.maximise("accuracy");
  private static final Objective EDGES = Objective.minimise("edges");
  private static final int TRIALS = 120;

  /** Made-up accuracies: each feature of a cell has a worth, and each cell a little luck. */
  private static final class Ground implements Estimator<Nb101Cell> {
    private static final List<String> NAMES = List.of("accuracy", "edges");
    private static final Philox WORTH = Philox.of(7, "worth of graphs");
    private static final double LUCK = 5;
    private static final double HASTE = 20;

    static double accuracy(Nb101Cell cell) {
      float[] features = SPACE.encode(cell);
      double worth = 0;
      for (int i = 0; i < features.length; i++) {
        worth += features[i] * (2 * WORTH.uniformDouble(i) - 1);
      }
      return 10 * worth + LUCK * luck(cell, 1);
    }

    private static double luck(Nb101Cell cell, int step) {
      return WORTH.step(step).uniformDouble(SPACE.canonical(cell).hashCode());
    }

    @Override
    public Outcome estimate(Trial<Nb101Cell> trial) {
      Nb101Cell cell = trial.candidate();
      double blur = HASTE * (1 - trial.fidelity().share()) * (luck(cell, 2) - 1);
      return new Outcome.Measured(Metrics.of(NAMES, accuracy(cell) + blur, cell.liveEdges()));
    }

    @Override
    public Metrics known(Nb101Cell candidate) {
      return Metrics.of("edges", candidate.liveEdges());
    }

    @Override
    public Optional<Range> range(String metric) {
      return metric.equals("edges") ? Optional.of(new Range(1, 9)) : Optional.empty();
    }

    @Override
    public long cost(Trial<Nb101Cell> trial) {
      return trial.candidate().liveEdges();
    }
  }

  private static final StrategyKit<Nb101Cell> KIT =
      new StrategyKit<>(
          new StrategyKit.Ground<>(
              SPACE, new Ground(), ACCURACY, Ground::accuracy, EDGES, 7, TRIALS));

  /** By name; networks of predictors are small, for the published ones take seconds a search. */
  private static Map<String, OpeningOn<Nb101Cell>> strategies() {
    Map<String, OpeningOn<Nb101Cell>> all = new LinkedHashMap<>();
    all.put("random", (trials, seed) -> new RandomSearch<>(SPACE, Replacement.WITHOUT, seed));
    all.put("local", (trials, seed) -> new LocalSearch<>(SPACE, ACCURACY, seed));
    all.put(
        "annealing",
        (trials, seed) ->
            new SimulatedAnnealing<>(
                SPACE, ACCURACY, SimulatedAnnealing.Settings.standard(trials), seed));
    all.put(
        "evolution",
        (trials, seed) ->
            new RegularizedEvolution<>(
                SPACE, ACCURACY, RegularizedEvolution.Settings.standard(), seed));
    all.put(
        "nsga2",
        (trials, seed) ->
            new NondominatedSorting<>(
                SPACE, Objectives.of(ACCURACY), NondominatedSorting.Settings.standard(), seed));
    all.put(
        "forest",
        (trials, seed) ->
            PredictorGuidedSearch.forest(
                SPACE, ACCURACY, new PredictorGuidedSearch.Settings(10, 20, 50, 5, 0.5), seed));
    all.put(
        "bananas",
        (trials, seed) ->
            new Bananas<>(
                SPACE,
                SPACE,
                ACCURACY,
                new Bananas.Settings(10, 20, 50, 50, 2, List.of(8), 10, 0.03),
                seed));
    all.put(
        "npenas",
        (trials, seed) ->
            new Npenas<>(
                SPACE,
                Nb101Cell::graph,
                ACCURACY,
                new Npenas.Settings(10, 20, 50, 50, 1, 6, 10, 0.03),
                seed));
    all.put(
        "hyperband",
        (trials, seed) -> new Hyperband<>(SPACE, ACCURACY, Bracket.hyperband(9, 3), seed));
    all.put(
        "asha",
        (trials, seed) ->
            new AsynchronousHalving<>(
                SPACE, ACCURACY, new AsynchronousHalving.Settings(1, 9, 3), seed));
    return all;
  }

  @TestFactory
  Stream<DynamicNode> everyStrategyPassesTheKit() {
    Map<String, Consumer<OpeningOn<Nb101Cell>>> checks = new LinkedHashMap<>();
    checks.put("replays", KIT::replaysFromItsSeed);
    checks.put("follows its seed", KIT::anotherSeedIsAnotherSearch);
    checks.put("resumes", KIT::resumesExactly);
    checks.put("spends its budget", KIT::spendsItsBudgetExactly);
    checks.put("any workers", KIT::anyNumberOfRealWorkersComesToTheSameEnd);
    checks.put("survives", KIT::survivesFailuresAndNumbersThatAreNone);
    checks.put("keeps limits", KIT::trainsNothingThatALimitExcludes);
    checks.put("ends without hope", KIT::aLimitThatNothingMeetsEndsTheSearch);
    checks.put("continues what it may", KIT::continuesOnlyWhatItSaidItMay);
    return strategies().entrySet().stream()
        .map(strategy ->
            DynamicContainer.dynamicContainer(
                strategy.getKey(),
                checks.entrySet().stream()
                    .map(check ->
                        DynamicTest.dynamicTest(
                            check.getKey(), () -> check.getValue().accept(strategy.getValue())))));
  }

  /** The late trials of those that learn are better than those of random search by this much. */
  @TestFactory
  Stream<DynamicTest> thoseThatLearnDo() {
    double untaught = KIT.lateAccuracy(strategies().get("random"));
    return Stream.of("local", "annealing", "evolution", "nsga2", "forest", "bananas", "npenas")
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () ->
                    KIT.lateTrialsAreAsGoodAsLearningMakesThem(
                        strategies().get(name), untaught + 3)));
  }
}
