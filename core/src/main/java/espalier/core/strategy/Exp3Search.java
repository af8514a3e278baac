package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Categorical;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A game of common interest: each decision is a player that learns by {@link Exp3Learner} which of
 * its options pays, whatever the others play, from the trials in which it comes up. Within 200
 * evaluations on NAS-Bench-201 its finds are not told from random search's.
 */
public final class Exp3Search<A> implements Strategy<A> {

  /**
   * What is tried and what counts.
   *
   * @param gamma share of plays that ignore what was learnt
   * @param best score that counts as a reward of 1; a score of 0 counts as 0
   */
  public record Settings(double gamma, double best) {
    public Settings {
      if (!(gamma > 0) || gamma > 1 || !(best > 0)) {
        throw new IllegalArgumentException(
            "exp3: gamma %s and best score %s, expected of (0, 1], and above 0"
                .formatted(gamma, best));
      }
    }

    /** 0.2, for scores in per cent. */
    public static Settings standard() {
      return new Settings(0.2, 100);
    }
  }

  private final Categorical<A> space;
  private final Objective objective;
  private final Settings settings;
  private final Philox random;
  private final List<Exp3Learner> players;
  private final Map<Long, double[]> played = new HashMap<>();

  /** Players that know nothing. */
  public Exp3Search(Categorical<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.random = Philox.of(seed, "exp3");
    this.players =
        space.options().stream().map(arms -> new Exp3Learner(arms, settings.gamma())).toList();
  }

  @Override
  public Ask<A> ask(long trial) {
    Philox draws = random.trial(trial);
    int[] choices = new int[players.size()];
    double[] odds = new double[players.size()];
    for (int player = 0; player < choices.length; player++) {
      double[] probabilities = players.get(player).probabilities();
      choices[player] = Distribution.draw(probabilities, draws.uniformDouble(player));
      odds[player] = probabilities[choices[player]];
    }
    played.put(trial, odds);
    return Ask.Propose.whole(space.ofChoices(choices));
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    Optional<double[]> odds = Optional.ofNullable(played.remove(trial.number()));
    objective
        .score(outcome)
        .ifPresent(score -> learn(trial.candidate(), odds.orElseThrow(), score));
  }

  private void learn(A candidate, double[] odds, double score) {
    double reward = Math.clamp(score / settings.best(), 0, 1);
    int[] choices = space.choices(candidate);
    boolean[] active = space.active(choices);
    for (int player = 0; player < choices.length; player++) {
      if (active[player]) {
        players.get(player).learn(choices[player], odds[player], reward);
      }
    }
  }
}
