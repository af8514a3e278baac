package espalier.core.strategy;

import espalier.core.predict.RandomForest;
import espalier.core.predict.UncertainFit;
import espalier.core.predict.UncertainPredictor;
import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/**
 * Rounds of trials that a predictor chooses: it learns from all outcomes so far and draws a score
 * for each of some new candidates from what it expects and how sure it is, independently of the
 * others [Thompson 1933; White, Neiswanger, Savani 2021]. Those of the highest scores are tried.
 */
public final class PredictorGuidedSearch<A> implements Strategy<A> {

  /**
   * Sizes.
   *
   * @param initial measured trials, drawn uniformly, before there is a predictor
   * @param round trials that one fit of the predictor chooses
   * @param candidates that are drawn for a round; those that were proposed before drop out
   * @param parents the best trials, whose mutants are candidates
   * @param random share of the candidates that are drawn uniformly instead
   */
  public record Settings(int initial, int round, int candidates, int parents, double random) {
    public Settings {
      if (initial < 1 || round < 1 || candidates < round || parents < 1) {
        throw new IllegalArgumentException(
            "predictor-guided search: %d initial trials, rounds of %d of %d candidates and %d parents, expected 1 or more of each and no fewer candidates than a round"
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

  private record Scored<A>(A architecture, double score) {}

  private static final int TREES = 50;

  private final Neighbourly<A> space;
  private final Objective objective;
  private final LongFunction<? extends UncertainPredictor<A>> predictor;
  private final Settings settings;
  private final InitialDesign<A> design;
  private final Philox random;
  private final Seen<A> seen;
  private final List<Scored<A>> told = new ArrayList<>();
  private final Queue<A> chosen = new ArrayDeque<>();

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
    this.space = space;
    this.objective = objective;
    this.predictor = predictor;
    this.settings = settings;
    this.design = InitialDesign.of(space, seed);
    this.random = Philox.of(seed, "predictor-guided search");
    this.seen = new Seen<>(space);
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
    if (seen.isEverything()) {
      return new Ask.Done<>();
    }
    if (told.size() >= settings.initial() && chosen.isEmpty()) {
      chosen.addAll(promising(random.trial(trial)));
    }
    A next = chosen.isEmpty() ? design.at(trial) : chosen.remove();
    seen.add(next);
    return Ask.Propose.whole(next);
  }

  private List<A> promising(Philox draws) {
    UncertainFit<A> fit =
        predictor
            .apply(draws.bits(0))
            .fit(
                told.stream().map(Scored::architecture).toList(),
                told.stream().mapToDouble(Scored::score).toArray());
    List<A> candidates = List.copyOf(candidates(draws.step(1)));
    return IntStream.range(0, candidates.size())
        .mapToObj(i -> drawn(candidates.get(i), fit, draws.step(2).normal(i)))
        .sorted(Comparator.<Scored<A>>comparingDouble(Scored::score).reversed())
        .limit(settings.round())
        .map(Scored::architecture)
        .toList();
  }

  private Scored<A> drawn(A candidate, UncertainFit<A> fit, double normal) {
    UncertainFit.Prediction expected = fit.predict(candidate);
    return new Scored<>(candidate, expected.mean() + expected.deviation() * normal);
  }

  /** Candidates that were never proposed, each once. */
  private Set<A> candidates(Philox draws) {
    long uniform = Math.round(settings.random() * settings.candidates());
    int parents = Math.min(settings.parents(), told.size());
    Set<A> candidates = new LinkedHashSet<>();
    for (int i = 0; i < settings.candidates(); i++) {
      Philox own = draws.trial(i);
      A candidate =
          i < uniform
              ? space.sample(own)
              : space.mutate(told.get(draws.below(i, parents)).architecture(), own);
      if (!seen.contains(candidate)) {
        candidates.add(candidate);
      }
    }
    return candidates;
  }

  /** Keeps the trials in order of falling score, equal ones in the order they were told. */
  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective
        .score(outcome)
        .ifPresent(score -> {
          int at = told.size();
          while (at > 0 && told.get(at - 1).score() < score) {
            at--;
          }
          told.add(at, new Scored<>(trial.candidate(), score));
        });
  }
}
