package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.random.Philox;
import espalier.core.strategy.Exp3Learner;
import espalier.core.strategy.HedgeLearner;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Learners of games stay below the regret their theorems grant. */
final class LearnersTest {
  private static final int ARMS = 5;
  private static final int ROUNDS = 4_000;

  /** Rewards fixed beforehand: the best arm of the first half is the worst of the second. */
  private static double reward(Philox luck, int round, int arm) {
    double odds = (round < ROUNDS / 2 ? arm + 1 : 2 * (ARMS - arm)) / (2.0 * ARMS);
    return luck.trial(round).uniformDouble(arm) < odds ? 1 : 0;
  }

  private static double best(Philox luck) {
    double best = 0;
    for (int arm = 0; arm < ARMS; arm++) {
      double sum = 0;
      for (int round = 0; round < ROUNDS; round++) {
        sum += reward(luck, round, arm);
      }
      best = Math.max(best, sum);
    }
    return best;
  }

  @Test
  void exp3FallsShortByLessThanItsBound() {
    double bound = 2 * Math.sqrt((Math.E - 1) * ROUNDS * ARMS * Math.log(ARMS));
    Philox luck = Philox.of(1, "rewards");
    Philox draws = Philox.of(2, "plays");
    Exp3Learner learner = new Exp3Learner(ARMS, Exp3Learner.gamma(ARMS, ROUNDS));
    double earned = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[] probabilities = learner.probabilities();
      int arm = play(probabilities, draws.uniformDouble(round));
      double reward = reward(luck, round, arm);
      learner.learn(arm, probabilities[arm], reward);
      earned += reward;
    }
    assertThat(best(luck) - earned).isLessThan(bound);
  }

  private static int play(double[] probabilities, double uniform) {
    double left = uniform;
    int arm = 0;
    while (arm < probabilities.length - 1 && left >= probabilities[arm]) {
      left -= probabilities[arm++];
    }
    return arm;
  }

  @Test
  void exp3PlaysWhatPays() {
    Philox draws = Philox.of(3, "plays");
    Exp3Learner learner = new Exp3Learner(ARMS, 0.1);
    for (int round = 0; round < 1_000; round++) {
      double[] probabilities = learner.probabilities();
      int arm = play(probabilities, draws.uniformDouble(round));
      learner.learn(arm, probabilities[arm], arm == 2 ? 1 : 0);
    }
    assertThat(learner.probabilities()[2]).isGreaterThan(0.9);
    assertThat(Arrays.stream(learner.probabilities())).allMatch(p -> p >= 0.1 / ARMS);
  }

  @Test
  void hedgeLosesAtMostItsBoundMoreThanTheBestExpert() {
    double bound = Math.sqrt(ROUNDS * Math.log(ARMS) / 2);
    Philox luck = Philox.of(4, "rewards");
    HedgeLearner learner = new HedgeLearner(ARMS, HedgeLearner.rate(ARMS, ROUNDS));
    double expected = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double[] probabilities = learner.probabilities();
      double[] losses = new double[ARMS];
      for (int arm = 0; arm < ARMS; arm++) {
        losses[arm] = 1 - reward(luck, round, arm);
        expected += probabilities[arm] * losses[arm];
      }
      learner.learn(losses);
    }
    assertThat(expected - (ROUNDS - best(luck))).isLessThan(bound);
  }

  /** Where every second round turns what paid into what does not, no expert is good. */
  @Test
  void hedgeStaysBelowItsBoundAgainstAnAdversary() {
    double bound = Math.sqrt(ROUNDS * Math.log(2) / 2);
    HedgeLearner learner = new HedgeLearner(2, HedgeLearner.rate(2, ROUNDS));
    double expected = 0;
    double[] sums = new double[2];
    for (int round = 0; round < ROUNDS; round++) {
      double[] probabilities = learner.probabilities();
      int trusted = probabilities[0] >= probabilities[1] ? 0 : 1;
      double[] losses = new double[2];
      losses[trusted] = 1;
      expected += probabilities[trusted];
      sums[trusted]++;
      learner.learn(losses);
    }
    assertThat(expected - Math.min(sums[0], sums[1])).isBetween(0.0, bound);
  }

  /** Whatever the losses are: the theorem grants the bound for every sequence. */
  @Property(tries = 60, seed = "91")
  void hedgeStaysBelowItsBoundOnAnyLosses(
      @ForAll long seed,
      @ForAll @IntRange(min = 2, max = 40) int experts,
      @ForAll @IntRange(min = 1, max = 2_000) int rounds) {
    Philox luck = Philox.of(seed, "losses");
    HedgeLearner learner = new HedgeLearner(experts, HedgeLearner.rate(experts, rounds));
    double[] sums = new double[experts];
    double expected = 0;
    for (int round = 0; round < rounds; round++) {
      double[] probabilities = learner.probabilities();
      double[] losses = losses(luck.trial(round), probabilities);
      for (int expert = 0; expert < experts; expert++) {
        expected += probabilities[expert] * losses[expert];
        sums[expert] += losses[expert];
      }
      learner.learn(losses);
    }
    double regret = expected - Arrays.stream(sums).min().orElseThrow();
    assertThat(regret).isLessThanOrEqualTo(Math.sqrt(rounds * Math.log(experts) / 2) + 1e-9);
  }

  /** By turns uniform, all or nothing, and all for whoever is trusted most. */
  private static double[] losses(Philox luck, double[] probabilities) {
    double[] losses = new double[probabilities.length];
    double most = Arrays.stream(probabilities).max().orElseThrow();
    int kind = luck.below(probabilities.length, 3);
    for (int expert = 0; expert < losses.length; expert++) {
      double uniform = luck.uniformDouble(expert);
      losses[expert] =
          switch (kind) {
            case 0 -> uniform;
            case 1 -> uniform < 0.5 ? 0 : 1;
            default -> probabilities[expert] == most ? 1 : 0;
          };
    }
    return losses;
  }

  /** The bound is on the expectation, which the mean over plays stands for. */
  @ParameterizedTest
  @CsvSource({"2, 500", "5, 2000", "10, 1000", "20, 4000"})
  void exp3FallsShortByLessThanItsBoundInTheMean(int arms, int rounds) {
    int plays = 40;
    Philox luck = Philox.of(6, "rewards");
    double[] sums = new double[arms];
    double[][] rewards = new double[rounds][arms];
    for (int round = 0; round < rounds; round++) {
      for (int arm = 0; arm < arms; arm++) {
        boolean pays = luck.trial(round).uniformDouble(arm) < (arm == arms / 2 ? 0.6 : 0.4);
        rewards[round][arm] = pays ? 1 : 0;
        sums[arm] += rewards[round][arm];
      }
    }
    double earned = 0;
    for (int play = 0; play < plays; play++) {
      Philox draws = Philox.of(play, "plays");
      Exp3Learner learner = new Exp3Learner(arms, Exp3Learner.gamma(arms, rounds));
      for (int round = 0; round < rounds; round++) {
        double[] probabilities = learner.probabilities();
        int arm = play(probabilities, draws.uniformDouble(round));
        learner.learn(arm, probabilities[arm], rewards[round][arm]);
        earned += rewards[round][arm] / plays;
      }
    }
    double regret = Arrays.stream(sums).max().orElseThrow() - earned;
    assertThat(regret).isBetween(0.0, 2 * Math.sqrt((Math.E - 1) * rounds * arms * Math.log(arms)));
  }
}
