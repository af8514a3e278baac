package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.Estimator;
import espalier.core.search.History;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.space.Cell;
import espalier.core.strategy.PopulationBasedTraining;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class PopulationBasedTrainingTest implements StrategyContract {
  private static final PopulationBasedTraining.Settings SMALL =
      new PopulationBasedTraining.Settings(8, 5, 0.25);

  @Override
  public Opening opening() {
    return with(SMALL);
  }

  private static Opening with(PopulationBasedTraining.Settings settings) {
    return (trials, seed) ->
        new PopulationBasedTraining<>(SPACE, SPACE::mutate, ACCURACY, settings, seed);
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of(
        "population", with(new PopulationBasedTraining.Settings(7, 5, 0.25)),
        "turns", with(new PopulationBasedTraining.Settings(8, 6, 0.25)),
        "share", with(new PopulationBasedTraining.Settings(8, 5, 0.4)));
  }

  @Override
  public double lateFloor() {
    return 48;
  }

  /**
   * The paper's example: Q = 1.2 - θ₀² - θ₁² is to become large from θ = (0.9, 0.9), but steps
   * follow the slope of 1.2 - h₀θ₀² - h₁θ₁². Here h is where a cell has convolutions: (1, 0) for a
   * 3x3 on its first edge, (0, 1) for anything else.
   */
  private static final class Surrogate implements Estimator<Cell> {
    private static final double RATE = 0.01;
    private static final int STEPS = 10;
    private final Map<Long, double[]> states = new ConcurrentHashMap<>();

    @Override
    public Outcome estimate(Trial<Cell> trial) {
      double[] theta =
          switch (trial.start()) {
            case Start.Fresh() -> new double[] {0.9, 0.9};
            case Start.Adopt(long number, _) -> states.get(number).clone();
            case Start.Continue _, Start.Inherit _ ->
                throw new IllegalArgumentException("" + trial);
          };
      int axis = SPACE.choices(trial.candidate())[0] % 2;
      for (int step = 0; step < STEPS; step++) {
        theta[axis] -= RATE * 2 * theta[axis];
      }
      states.put(trial.number(), theta);
      return new Outcome.Measured(Metrics.of("q", 1.2 - theta[0] * theta[0] - theta[1] * theta[1]));
    }
  }

  private static final Objective Q = Objective.maximise("q");
  private static final int TURNS = 60;

  private static History<Cell> surrogate(long seed) {
    return new BlackBoxStudy<>(
            SPACE, new Surrogate(), Objectives.of(Q), Settings.charged(10L * TURNS))
        .run(
            new PopulationBasedTraining<>(
                SPACE,
                SPACE::mutate,
                Q,
                new PopulationBasedTraining.Settings(10, TURNS, 0.2),
                seed));
  }

  /** One candidate throughout leaves one of the two as it was: 1.2 - 0.9² at most. */
  @Test
  void schedulesReachWhatNoCandidateDoes() {
    for (long seed = 0; seed < 10; seed++) {
      double best = Q.score(surrogate(seed).incumbent(Q).orElseThrow().outcome()).orElseThrow();
      assertThat(best).isGreaterThan(1).isLessThan(1.2);
    }
    Estimator<Cell> alone = new Surrogate();
    double theta = 0.9 * Math.pow(1 - 2 * Surrogate.RATE, Surrogate.STEPS);
    assertThat(Q.score(alone.estimate(surrogate(0).entries().getFirst().trial())).orElseThrow())
        .isCloseTo(1.2 - 0.81 - theta * theta, within(1e-12));
  }

  /** Of ten members the two worst continue one of the two best, with one change. */
  @Test
  void theWorstContinueTheBestAndTheOthersThemselves() {
    List<History.Entry<Cell>> entries = surrogate(3).entries();
    for (int turn = 1; turn < TURNS; turn++) {
      List<History.Entry<Cell>> before = entries.subList(10 * turn - 10, 10 * turn);
      List<Long> ranked =
          before.stream()
              .sorted(Comparator.comparingDouble(e -> -Q.score(e.outcome()).orElseThrow()))
              .map(e -> e.trial().number())
              .toList();
      for (int member = 0; member < 10; member++) {
        Trial<Cell> trial = entries.get(10 * turn + member).trial();
        Trial<Cell> mine = before.get(member).trial();
        long from = ((Start.Adopt) trial.start()).trial();
        assertThat(trial.fidelity().units()).isEqualTo(turn + 1);
        if (ranked.indexOf(mine.number()) < 8) {
          assertThat(from).isEqualTo(mine.number());
          assertThat(trial.candidate()).isEqualTo(mine.candidate());
        } else {
          assertThat(ranked.indexOf(from)).isLessThan(2);
          Cell model = entries.get((int) from).trial().candidate();
          assertThat(SPACE.neighbours(model)).contains(trial.candidate());
        }
      }
    }
  }
}
