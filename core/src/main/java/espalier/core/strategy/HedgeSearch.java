package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Categorical;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A game of common interest with full information: each decision is a player that learns by {@link
 * HedgeLearner}. In a round all players draw; then one of those that come up sees what each of its
 * options would have paid, while the others stay. So a round costs as many trials as that player
 * has options.
 */
public final class HedgeSearch<A> implements Strategy<A> {

  /**
   * How fast weights move and what counts.
   *
   * @param rate the η of exp(-η · loss)
   * @param best score that counts as a loss of 0; a score of 0 counts as 1, as does a failure
   */
  public record Settings(double rate, double best) {
    public Settings {
      if (!(rate > 0) || !(best > 0)) {
        throw new IllegalArgumentException(
            "hedge: rate %s and best score %s, expected both above 0".formatted(rate, best));
      }
    }

    /** 10, for scores in per cent: differences of a few per cent should count within few rounds. */
    public static Settings standard() {
      return new Settings(10, 100);
    }
  }

  private final Categorical<A> space;
  private final Objective objective;
  private final Settings settings;
  private final Philox random;
  private final List<HedgeLearner> players;
  private final Map<Long, Integer> awaited = new HashMap<>();
  private long round = -1;
  private int[] drawn = {};
  private int player;
  private int next;
  private double[] losses = {};

  /** Players that know nothing. */
  public HedgeSearch(Categorical<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.random = Philox.of(seed, "hedge");
    this.players =
        space.options().stream().map(count -> new HedgeLearner(count, settings.rate())).toList();
  }

  @Override
  public Ask<A> ask(long trial) {
    if (next == losses.length) {
      if (!awaited.isEmpty()) {
        return new Ask.Wait<>();
      }
      beginRound();
    }
    int[] choices = drawn.clone();
    choices[player] = next;
    awaited.put(trial, next++);
    return Ask.Propose.whole(space.ofChoices(choices));
  }

  private void beginRound() {
    if (round >= 0) {
      players.get(player).learn(losses);
    }
    Philox draws = random.trial(++round);
    drawn = new int[players.size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = Distribution.draw(players.get(i).probabilities(), draws.uniformDouble(i));
    }
    boolean[] active = space.active(drawn);
    int[] seeing = IntStream.range(0, drawn.length).filter(i -> active[i]).toArray();
    player = seeing[draws.below(drawn.length, seeing.length)];
    next = 0;
    losses = new double[space.options().get(player)];
    Arrays.fill(losses, 1);
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    Integer option = awaited.remove(trial.number());
    if (option == null) {
      throw new IllegalArgumentException(
          "hedge: told of trial %d, which it did not propose".formatted(trial.number()));
    }
    objective
        .score(outcome)
        .ifPresent(score -> losses[option] = 1 - Math.clamp(score / settings.best(), 0, 1));
  }
}
