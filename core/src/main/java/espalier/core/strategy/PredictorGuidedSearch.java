package espalier.core.strategy;

import espalier.core.predict.RandomForest;
import espalier.core.predict.UncertainPredictor;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.util.function.LongFunction;

/**
 * Tries the most promising of mutants and random architectures, by a predictor's guess: the score
 * of each is drawn from the mean and the deviation that a predictor expects [Thompson 1933,
 * independently for each candidate as White, Neiswanger, Savani 2021 do].
 */
public final class PredictorGuidedSearch<A> implements Strategy<A> {

  /**
   * Sizes.
   *
   * @param initial measured trials, drawn uniformly, before there is a predictor
   * @param round trials that one fit of the predictor chooses
   * @param candidates drawn for a round; those that were proposed before drop out
   * @param parents how many of the best trials have mutants among the candidates
   * @param random share of the candidates that are drawn uniformly instead
   */
  public record Settings(int initial, int round, int candidates, int parents, double random) {
    public Settings {
      if (initial < 1 || round < 1 || candidates < 1 || parents < 1) {
        throw new IllegalArgumentException(
            "predictor-guided search: %d initial trials, rounds of %d of %d candidates, %d parents, expected 1 or more of each"
                .formatted(initial, round, candidates, parents));
      }
      if (!(random >= 0 && random <= 1)) {
        throw new IllegalArgumentException(
            "predictor-guided search: random share %s, expected 0 to 1".formatted(random));
      }
    }

    /** 20 trials, then rounds of 10 of 100 candidates: 70 mutants of the best 10, 30 random. */
    public static Settings standard() {
      return new Settings(20, 10, 100, 10, 0.3);
    }
  }

  private static final int TREES = 50;

  private final PredictorRounds<A> rounds;

  /**
   * A search that is still to be begun.
   *
   * @param predictor of scores, by seed: each round has one of its own
   */
  public PredictorGuidedSearch(
      Neighbourly<A> space,
      Objective objective,
      LongFunction<? extends UncertainPredictor<A>> predictor,
      Settings settings,
      long seed) {
    this.rounds =
        new PredictorRounds<>(
            space,
            objective,
            predictor,
            Candidates.mutantsAndSamples(
                space, settings.candidates(), settings.parents(), settings.random()),
            new PredictorRounds.Sizes(settings.initial(), settings.round()),
            seed);
  }

  /** A search guided by a random forest of 50 trees on the encodings of a space. */
  public static <A, S extends Neighbourly<A> & Encodable<A>> PredictorGuidedSearch<A> forest(
      S space, Objective objective, Settings settings, long seed) {
    return new PredictorGuidedSearch<>(
        space,
        objective,
        round -> new RandomForest(TREES, round).on(space::features),
        settings,
        seed);
  }

  @Override
  public Ask<A> ask(long trial) {
    return rounds.ask(trial);
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    rounds.tell(trial, outcome);
  }
}
