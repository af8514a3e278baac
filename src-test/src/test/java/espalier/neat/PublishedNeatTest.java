package espalier.neat;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.neat.Genome;
import espalier.core.neat.GenomeSpace;
import espalier.core.neat.Neat;
import espalier.core.neat.NeatSettings;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.BlackBoxStudy.Settings;
import espalier.core.search.Estimator;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.TrialListener;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The two tasks of the paper that need no memory, solved as there. */
final class PublishedNeatTest {
  private static final Objective FITNESS = Objective.maximise("fitness");
  private static final Objective SOLVED = Objective.maximise("solved");
  private static final int GIVEN_UP = 50_000;

  /** Ends a search when a trial has solved the task. */
  private static final class UntilSolved implements TrialListener<Genome> {
    private boolean isSolved;

    @Override
    public void told(History.Entry<Genome> entry) {
      isSolved |= SOLVED.score(entry.outcome()).orElseThrow() == 1;
    }

    @Override
    public boolean isCancelled() {
      return isSolved;
    }
  }

  /** How many evaluations the searches of seeds 0, 1, … took; one that is given up fails. */
  private static double meanEvaluations(GenomeSpace space, Estimator<Genome> estimator, int seeds) {
    BlackBoxStudy<Genome> study =
        new BlackBoxStudy<>(
            space, estimator, Objectives.of(FITNESS, SOLVED), Settings.charged(GIVEN_UP));
    int[] evaluations = new int[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      UntilSolved listener = new UntilSolved();
      Neat neat = new Neat(space, FITNESS, NeatSettings.standard(), seed);
      evaluations[seed] = study.run(neat, 1, listener).entries().size();
      assertThat(listener.isSolved).as("seed %d", seed).isTrue();
    }
    return Arrays.stream(evaluations).average().orElseThrow();
  }

  @Test
  void exclusiveOrIsSolvedInAHundredOfAHundredSearches() {
    assertThat(meanEvaluations(Xor.SPACE, new Xor(), 100)).isLessThan(7_000);
  }

  @Test
  void twoPolesAreBalancedByTheirVelocities() {
    assertThat(meanEvaluations(DoublePole.SPACE, new DoublePole(), 20)).isLessThan(7_200);
  }
}
