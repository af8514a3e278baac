package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Categorical;
import java.util.Arrays;
import java.util.List;

/**
 * Of options drawn as the good trials chose them, each decision takes the one that is likeliest
 * among the good trials compared with the others, those trials in which the decision came up
 * [Bergstra, Bardenet, Bengio, Kegl 2011; the rules of hyperopt].
 */
public final class TreeParzenEstimator<A> implements Strategy<A> {

  /**
   * What is good, and how much is tried.
   *
   * @param startup trials before there is a model
   * @param drawn options drawn for each decision
   * @param gamma of n trials, γ√n rounded up are good
   * @param mostGood how many are good at most
   */
  public record Settings(int startup, int drawn, double gamma, int mostGood) {
    public Settings {
      if (startup < 1 || drawn < 1 || !(gamma > 0) || mostGood < 1) {
        throw new IllegalArgumentException(
            "parzen estimator: startup %d, drawn %d, gamma %s and at most %d good, expected positive"
                .formatted(startup, drawn, gamma, mostGood));
      }
    }

    /** Those of hyperopt. */
    public static Settings standard() {
      return new Settings(20, 24, 0.25, 25);
    }
  }

  private final Categorical<A> space;
  private final Objective objective;
  private final Settings settings;
  private final List<Integer> options;
  private final InitialDesign<A> design;
  private final Philox random;
  private final BestFirst<Row> told = new BestFirst<>();
  private final int[][] taken;

  /** A model that is still to be begun. */
  public TreeParzenEstimator(
      Categorical<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.options = space.options();
    this.design = InitialDesign.of(space, seed);
    this.random = Philox.of(seed, "parzen estimator");
    this.taken = new int[options.size()][];
    for (int decision = 0; decision < taken.length; decision++) {
      taken[decision] = new int[options.get(decision)];
    }
  }

  @Override
  public Ask<A> ask(long trial) {
    if (told.size() < settings.startup()) {
      return Ask.Propose.whole(design.at(trial));
    }
    double wanted = Math.ceil(settings.gamma() * Math.sqrt(told.size()));
    int good = (int) Math.min(wanted, settings.mostGood());
    int[] choices = new int[options.size()];
    for (int decision = 0; decision < choices.length; decision++) {
      choices[decision] = likeliest(decision, good, random.trial(trial).trial(decision));
    }
    return Ask.Propose.whole(space.ofChoices(choices));
  }

  /** Each option counts one more than it was taken, so that none is impossible. */
  private int likeliest(int decision, int good, Philox draws) {
    double[] among = new double[options.get(decision)];
    Arrays.fill(among, 1);
    for (Row row : told.values().subList(0, good)) {
      if (row.active()[decision]) {
        among[row.choices()[decision]]++;
      }
    }
    double[] rest = new double[among.length];
    for (int option = 0; option < rest.length; option++) {
      rest[option] = taken[decision][option] - (among[option] - 1) + 1;
    }
    double[] odds = Distribution.normalised(among);
    int best = Distribution.draw(odds, draws.uniformDouble(0));
    for (int i = 1; i < settings.drawn(); i++) {
      int option = Distribution.draw(odds, draws.uniformDouble(i));
      best = among[option] * rest[best] > among[best] * rest[option] ? option : best;
    }
    return best;
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective
        .score(outcome)
        .ifPresent(score -> {
          Row row = Row.of(space, trial.candidate());
          told.add(row, score);
          for (int decision = 0; decision < taken.length; decision++) {
            if (row.active()[decision]) {
              taken[decision][row.choices()[decision]]++;
            }
          }
        });
  }
}
