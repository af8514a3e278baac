package espalier.core.strategy;

import espalier.core.predict.UncertainFit;
import espalier.core.predict.UncertainPredictor;
import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.SearchSpace;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Rounds of trials that a predictor chooses, after a first one of uniform draws. In each the
 * predictor learns from all outcomes so far, and the score of each candidate is drawn from what it
 * expects and how sure it is, independently of the others. Those of the highest scores are tried.
 * Nothing is proposed twice, except by a uniform draw.
 */
final class PredictorRounds<A> implements Strategy<A> {

  /**
   * Sizes.
   *
   * @param initial measured trials before there is a predictor
   * @param trials that one fit of the predictor chooses
   */
  record Sizes(int initial, int trials) {
    Sizes {
      if (initial < 1 || trials < 1) {
        throw new IllegalArgumentException(
            "predictor-guided search: %d initial trials and rounds of %d, expected 1 or more of both"
                .formatted(initial, trials));
      }
    }
  }

  private record Scored<A>(A architecture, double score) {}

  private final Objective objective;
  private final LongFunction<? extends UncertainPredictor<A>> predictor;
  private final Candidates<A> candidates;
  private final Sizes sizes;
  private final InitialDesign<A> design;
  private final Philox random;
  private final Seen<A> seen;
  private final BestFirst<A> told = new BestFirst<>();
  private final Queue<A> chosen = new ArrayDeque<>();

  /** Rounds still to be begun, with the predictor of a seed for each. */
  PredictorRounds(
      SearchSpace<A> space,
      Objective objective,
      LongFunction<? extends UncertainPredictor<A>> predictor,
      Candidates<A> candidates,
      Sizes sizes,
      long seed) {
    this.objective = objective;
    this.predictor = predictor;
    this.candidates = candidates;
    this.sizes = sizes;
    this.design = InitialDesign.of(space, seed);
    this.random = Philox.of(seed, "predictor-guided search");
    this.seen = new Seen<>(space);
  }

  @Override
  public Ask<A> ask(long trial) {
    if (seen.isEverything()) {
      return new Ask.Done<>();
    }
    if (told.size() >= sizes.initial() && chosen.isEmpty()) {
      chosen.addAll(promising(random.trial(trial)));
    }
    A next = chosen.isEmpty() ? design.at(trial) : chosen.remove();
    seen.add(next);
    return Ask.Propose.whole(next);
  }

  private List<A> promising(Philox draws) {
    List<A> best = told.values();
    List<A> drawn =
        List.copyOf(candidates.draw(best, candidate -> !seen.contains(candidate), draws.step(1)));
    if (drawn.isEmpty()) {
      return drawn;
    }
    UncertainFit<A> fit = predictor.apply(draws.bits(0)).fit(best, told.scores());
    return IntStream.range(0, drawn.size())
        .mapToObj(i -> scored(drawn.get(i), fit, draws.step(2).normal(i)))
        .sorted(Comparator.<Scored<A>>comparingDouble(Scored::score).reversed())
        .limit(sizes.trials())
        .map(Scored::architecture)
        .toList();
  }

  private Scored<A> scored(A candidate, UncertainFit<A> fit, double normal) {
    UncertainFit.Prediction expected = fit.predict(candidate);
    return new Scored<>(candidate, expected.mean() + expected.deviation() * normal);
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective.score(outcome).ifPresent(score -> told.add(trial.candidate(), score));
  }
}
