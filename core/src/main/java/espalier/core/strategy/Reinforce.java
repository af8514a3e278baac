package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Categorical;
import java.util.List;

/**
 * Policy gradient on independent softmax odds of each decision, against a moving average of the
 * rewards [Williams 1992; on NAS-Bench-201: Dong and Yang 2020]. The reward is the objective's
 * score; a decision learns from it where it came up. Within 200 evaluations on NAS-Bench-201 its
 * finds are not told from random search's.
 */
public final class Reinforce<A> implements Strategy<A> {

  /**
   * Rates.
   *
   * @param rate step of Adam
   * @param baselineDecay how much of the average stays at each reward
   */
  public record Settings(double rate, double baselineDecay) {
    public Settings {
      if (!(rate > 0) || !(baselineDecay >= 0) || baselineDecay >= 1) {
        throw new IllegalArgumentException(
            "reinforce: rate %s and baseline decay %s, expected above 0, and of [0, 1)"
                .formatted(rate, baselineDecay));
      }
    }

    /** 0.01 and 0.9, as on NAS-Bench-201 [Dong, Liu, Musial, Gabrys 2021]. */
    public static Settings standard() {
      return new Settings(0.01, 0.9);
    }
  }

  private static final double INITIAL_DEVIATION = 1e-3;

  private final Categorical<A> space;
  private final Objective objective;
  private final Settings settings;
  private final Philox random;
  private final double[][] logits;
  private final AdamStep adam;
  private double baselineSum;
  private double baselineWeight;

  /** A policy of nearly equal odds. */
  public Reinforce(Categorical<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.random = Philox.of(seed, "reinforce");
    Philox initial = Philox.of(seed, "reinforce logits");
    List<Integer> options = space.options();
    this.logits = new double[options.size()][];
    for (int decision = 0; decision < logits.length; decision++) {
      logits[decision] = new double[options.get(decision)];
      for (int option = 0; option < logits[decision].length; option++) {
        logits[decision][option] = INITIAL_DEVIATION * initial.trial(decision).normal(option);
      }
    }
    this.adam = new AdamStep(logits, settings.rate());
  }

  @Override
  public Ask<A> ask(long trial) {
    Philox draws = random.trial(trial);
    int[] choices = new int[logits.length];
    for (int decision = 0; decision < choices.length; decision++) {
      double[] odds = Distribution.softmax(logits[decision]);
      choices[decision] = Distribution.draw(odds, draws.uniformDouble(decision));
    }
    return Ask.Propose.whole(space.ofChoices(choices));
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective.score(outcome).ifPresent(reward -> learn(space.choices(trial.candidate()), reward));
  }

  /** One step down the gradient of -(reward - baseline) · Σ log p(choice), over what came up. */
  private void learn(int[] choices, double reward) {
    double decay = settings.baselineDecay();
    baselineSum = decay * baselineSum + (1 - decay) * reward;
    baselineWeight = decay * baselineWeight + (1 - decay);
    double advantage = reward - baselineSum / baselineWeight;
    boolean[] active = space.active(choices);
    double[][] gradient = new double[logits.length][];
    for (int decision = 0; decision < logits.length; decision++) {
      if (!active[decision]) {
        gradient[decision] = new double[logits[decision].length];
        continue;
      }
      gradient[decision] = Distribution.softmax(logits[decision]);
      gradient[decision][choices[decision]] -= 1;
      for (int option = 0; option < gradient[decision].length; option++) {
        gradient[decision][option] *= advantage;
      }
    }
    adam.descend(logits, gradient);
  }
}
