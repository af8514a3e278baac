package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.random.Philox;
import espalier.core.strategy.Exp3Learner;
import espalier.core.strategy.HedgeLearner;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

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
}
