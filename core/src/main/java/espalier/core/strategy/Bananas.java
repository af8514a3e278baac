package espalier.core.strategy;

import espalier.core.predict.PerceptronEnsemble;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.util.Collections;
import java.util.List;

/**
 * Bayesian optimisation with an ensemble of perceptrons: of the mutants of the best architectures
 * those are tried whose scores are highest, each drawn from the mean and the deviation of the
 * ensemble's answers [White, Neiswanger, Savani: BANANAS, AAAI 2021]. The perceptrons learn by
 * squared errors of standardised scores at rates that fall to 0; the paper's learn by absolute
 * errors at one rate.
 */
public final class Bananas<A> implements Strategy<A> {

  /**
   * Sizes.
   *
   * @param initial measured trials, drawn uniformly, before there is an ensemble
   * @param round trials that one fit of the ensemble chooses
   * @param candidates wanted for a round: mutants of the best trial, then of the next
   * @param parents how many trials may have mutants at most
   * @param members of the ensemble
   * @param widths of the hidden layers
   * @param epochs passes over the trials
   * @param rate of Adam's first step
   */
  public record Settings(
      int initial,
      int round,
      int candidates,
      int parents,
      int members,
      List<Integer> widths,
      int epochs,
      double rate) {
    public Settings {
      widths = List.copyOf(widths);
      if (initial < 1 || round < 1 || candidates < 1 || parents < 1) {
        throw new IllegalArgumentException(
            "bananas: %d initial trials, rounds of %d of %d candidates, %d parents, expected 1 or more of each"
                .formatted(initial, round, candidates, parents));
      }
    }

    /**
     * 10 trials, then rounds of 10; five members with ten layers of 20, 150 epochs at 0.01, as the
     * authors' own program has it. Its 5 parents have too few neighbours on NAS-Bench-201, so there
     * are 50, as where Wei et al. compare it with NPENAS.
     */
    public static Settings standard() {
      return new Settings(10, 10, 100, 50, 5, Collections.nCopies(10, 20), 150, 0.01);
    }

    private PerceptronEnsemble ensemble(long seed) {
      return new PerceptronEnsemble(members, widths, epochs, rate, seed);
    }
  }

  private final PredictorRounds<A> rounds;

  /**
   * A search that is still to be begun.
   *
   * @param encoding what the ensemble sees: {@link espalier.core.space.PathEncoding} in the paper
   */
  public Bananas(
      Neighbourly<A> space,
      Encodable<A> encoding,
      Objective objective,
      Settings settings,
      long seed) {
    this.rounds =
        new PredictorRounds<>(
            space,
            objective,
            round -> settings.ensemble(round).on(encoding::features),
            Candidates.mutantsOfTheBest(space, settings.candidates(), settings.parents()),
            new PredictorRounds.Sizes(settings.initial(), settings.round()),
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
