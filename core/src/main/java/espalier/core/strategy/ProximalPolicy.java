package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Categorical;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Policy gradient on a recurrent controller that makes one decision after another [Zoph and Le
 * 2017], by the clipped objective of proximal policy optimisation [Schulman, Wolski, Dhariwal,
 * Radford, Klimov 2017]. The reward is the objective's score; what exceeds a moving average of the
 * rewards is the advantage of all decisions of a trial, and the advantages of a batch are scaled to
 * mean square 1. A decision that does not come up passes on its first option and learns nothing.
 * With one pass over each batch nothing is ever clipped, and the method is REINFORCE on that
 * controller.
 */
public final class ProximalPolicy<A> implements Strategy<A> {

  /**
   * Sizes and rates.
   *
   * @param hidden units of the controller
   * @param batch measured trials that are learnt from together
   * @param epochs passes over a batch
   * @param clip by how much the odds of a decision may change before more of it earns nothing
   * @param entropy worth of a decision's entropy, beside advantages of about 1
   * @param rate step of Adam
   * @param baselineDecay how much of the average stays at each reward
   */
  public record Settings(
      int hidden,
      int batch,
      int epochs,
      double clip,
      double entropy,
      double rate,
      double baselineDecay) {
    public Settings {
      if (hidden < 1 || batch < 1 || epochs < 1) {
        throw new IllegalArgumentException(
            "policy: %d hidden units, batches of %d, %d epochs, expected 1 or more of each"
                .formatted(hidden, batch, epochs));
      }
      if (!(clip > 0) || !(entropy >= 0) || !(rate > 0)) {
        throw new IllegalArgumentException(
            "policy: clip %s, entropy %s and rate %s, expected above 0, 0 or more, and above 0"
                .formatted(clip, entropy, rate));
      }
      if (!(baselineDecay >= 0) || baselineDecay >= 1) {
        throw new IllegalArgumentException(
            "policy: baseline decay %s, expected of [0, 1)".formatted(baselineDecay));
      }
    }

    /**
     * For budgets of hundreds, where the papers have thousands. The clip of 0.2 is that of the
     * paper; the others were chosen on NAS-Bench-201.
     */
    public static Settings standard() {
      return new Settings(32, 10, 4, 0.2, 0.2, 0.01, 0.9);
    }

    /** One pass over each batch: REINFORCE. */
    public static Settings reinforce() {
      return new Settings(32, 10, 1, 0.2, 0.1, 0.03, 0.9);
    }
  }

  /** A trial as it was drawn, and what came of it. */
  private record Lesson(int[] choices, double[][] odds, double advantage) {}

  /** What was drawn for a trial under way. */
  private record Drawn(int[] choices, double[][] odds) {}

  private final Categorical<A> space;
  private final Objective objective;
  private final Settings settings;
  private final Philox random;
  private final LstmController controller;
  private final AdamStep adam;
  private final Map<Long, Drawn> awaited = new HashMap<>();
  private final List<Lesson> batch = new ArrayList<>();
  private double baselineSum;
  private double baselineWeight;

  /** A controller that has learnt nothing. */
  public ProximalPolicy(Categorical<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.random = Philox.of(seed, "proximal policy");
    this.controller =
        new LstmController(space.options(), settings.hidden(), Philox.of(seed, "controller"));
    this.adam = new AdamStep(controller.parameters(), settings.rate());
  }

  @Override
  public Ask<A> ask(long trial) {
    Philox draws = random.trial(trial);
    int[] choices = new int[space.options().size()];
    LstmController.Trace trace =
        controller.decide((decision, odds) -> {
          if (space.active(choices)[decision]) {
            choices[decision] = Distribution.draw(odds, draws.uniformDouble(decision));
          }
          return choices[decision];
        });
    awaited.put(trial, new Drawn(trace.choices(), trace.odds()));
    return Ask.Propose.whole(space.ofChoices(trace.choices()));
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    Drawn drawn = awaited.remove(trial.number());
    if (drawn == null) {
      throw new IllegalArgumentException(
          "policy: told of trial %d, which it did not propose".formatted(trial.number()));
    }
    objective
        .score(outcome)
        .ifPresent(
            reward -> batch.add(new Lesson(drawn.choices(), drawn.odds(), advantage(reward))));
    if (batch.size() == settings.batch()) {
      learn();
      batch.clear();
    }
  }

  private double advantage(double reward) {
    double decay = settings.baselineDecay();
    baselineSum = decay * baselineSum + (1 - decay) * reward;
    baselineWeight = decay * baselineWeight + (1 - decay);
    return reward - baselineSum / baselineWeight;
  }

  private void learn() {
    double squares = batch.stream().mapToDouble(each -> each.advantage * each.advantage).sum();
    double scale = squares > 0 ? Math.sqrt(squares / batch.size()) : 1;
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      double[][] gradient = controller.zeros();
      for (Lesson lesson : batch) {
        LstmController.Trace trace =
            controller.decide((decision, odds) -> lesson.choices[decision]);
        boolean[] active = space.active(lesson.choices);
        double[][] atLogits = controller.zeroLogits();
        for (int decision = 0; decision < atLogits.length; decision++) {
          if (!active[decision]) {
            continue;
          }
          int choice = lesson.choices[decision];
          double[] odds = trace.odds()[decision];
          double ratio = odds[choice] / lesson.odds[decision][choice];
          atLogits[decision] = slope(odds, choice, ratio, lesson.advantage / scale);
        }
        controller.backward(trace, atLogits, gradient);
      }
      adam.descend(controller.parameters(), gradient);
    }
  }

  /**
   * The gradient, at the logits of a decision, of what is to become small: -min(r a, clip(r) a) - β
   * H, for a ratio r of odds, an advantage a and an entropy H, over the size of the batch.
   */
  private double[] slope(double[] odds, int choice, double ratio, double advantage) {
    boolean isClipped = advantage > 0 ? ratio > 1 + settings.clip() : ratio < 1 - settings.clip();
    double pull = isClipped ? 0 : advantage * ratio;
    double entropy = 0;
    for (double each : odds) {
      entropy -= each > 0 ? each * StrictMath.log(each) : 0;
    }
    double[] slope = new double[odds.length];
    for (int option = 0; option < slope.length; option++) {
      double p = odds[option];
      double spread = p > 0 ? p * (StrictMath.log(p) + entropy) : 0;
      double towards = p - (option == choice ? 1 : 0);
      slope[option] = (pull * towards + settings.entropy() * spread) / settings.batch();
    }
    return slope;
  }
}
