package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Fidelity;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.CandidateSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Population-based training [Jaderberg, Dalibard, Osindero et al. 2017]: members train side by
 * side, and after every turn the worst give up their own training and continue that of one of the
 * best (exploit) with a mutant of its candidate (explore). What is found is a schedule: a candidate
 * holds only until the next turn.
 *
 * <p>For estimators that go on with the training of another candidate, such as one of another rate
 * of learning. All members take a turn before the next begins; a member whose trial failed counts
 * as worst. When all turns are taken, another population begins.
 */
public final class PopulationBasedTraining<A> implements Strategy<A> {

  /**
   * Sizes.
   *
   * @param population members
   * @param turns of each member; the last is an estimate at full fidelity
   * @param share of the population that are the best, and as many the worst; one member at least
   */
  public record Settings(int population, int turns, double share) {
    public Settings {
      if (population < 2 || turns < 1 || !(share > 0) || share > 0.5) {
        throw new IllegalArgumentException(
            "population-based training: %d members, %d turns and a share of %s, expected 2 or more, 1 or more, and of (0, 0.5]"
                .formatted(population, turns, share));
      }
    }

    /** 20 members, 10 turns and a fifth, as the paper's truncation selection has it. */
    public static Settings standard() {
      return new Settings(20, 10, 0.2);
    }

    private int chosen() {
      return Math.max(1, (int) (share * population));
    }
  }

  /** How a member that copies another differs from it. */
  @FunctionalInterface
  public interface Exploration<A> {
    /** A candidate that can go on with the training of this one; the same for the same sequence. */
    A explore(A candidate, Philox random);
  }

  /** What a member does in its next turn. */
  private record Turn<A>(A candidate, Start start) {}

  /** What came of a turn; a failure has the least score. */
  private record Result<A>(Start next, A candidate, double score) {
    boolean isMeasured() {
      return score > Double.NEGATIVE_INFINITY;
    }
  }

  private final Exploration<A> exploration;
  private final Objective objective;
  private final Settings settings;
  private final InitialDesign<A> design;
  private final Philox random;
  private final List<Turn<A>> turns = new ArrayList<>();
  private final List<Result<A>> results = new ArrayList<>();
  private final Map<Long, Integer> awaited = new HashMap<>();
  private int proposed;
  private int turn;
  private long generations;

  /** A population that is still to be drawn. */
  public PopulationBasedTraining(
      CandidateSpace<A> space,
      Exploration<A> exploration,
      Objective objective,
      Settings settings,
      long seed) {
    this.exploration = exploration;
    this.objective = objective;
    this.settings = settings;
    this.design = InitialDesign.of(space, seed);
    this.random = Philox.of(seed, "population-based training");
  }

  @Override
  public Ask<A> ask(long trial) {
    if (proposed == turns.size()) {
      if (!awaited.isEmpty()) {
        return new Ask.Wait<>();
      }
      beginTurn(trial);
    }
    Turn<A> next = turns.get(proposed);
    awaited.put(trial, proposed++);
    Fidelity fidelity = new Fidelity(turn, settings.turns());
    return new Ask.Propose<>(next.candidate, fidelity, next.start);
  }

  private void beginTurn(long trial) {
    List<Turn<A>> next = new ArrayList<>();
    boolean isNew = turn == 0 || turn == settings.turns();
    List<Integer> ranked =
        IntStream.range(0, results.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer member) -> -results.get(member).score))
            .toList();
    Philox draws = random.trial(generations++);
    for (int member = 0; member < settings.population(); member++) {
      next.add(
          isNew
              ? fresh(trial + member)
              : turn(member, ranked, draws.trial(member), trial + member));
    }
    turn = isNew ? 1 : turn + 1;
    turns.clear();
    turns.addAll(next);
    results.clear();
    next.forEach(each ->
        results.add(new Result<>(new Start.Fresh(), each.candidate, Double.NEGATIVE_INFINITY)));
    proposed = 0;
  }

  private Turn<A> fresh(long trial) {
    return new Turn<>(design.at(trial), new Start.Fresh());
  }

  /** Goes on as before, from one of the best if among the worst, or anew if there is none. */
  private Turn<A> turn(int member, List<Integer> ranked, Philox draws, long trial) {
    Result<A> mine = results.get(member);
    boolean isWorst = ranked.indexOf(member) >= ranked.size() - settings.chosen();
    if (mine.isMeasured() && !isWorst) {
      return new Turn<>(mine.candidate, mine.next);
    }
    Result<A> model = results.get(ranked.get(draws.below(0, settings.chosen())));
    return model.isMeasured()
        ? new Turn<>(exploration.explore(model.candidate, draws.step(1)), model.next)
        : fresh(trial);
  }

  /**
   * {@inheritDoc} Those of the present turn, unless it is the last, and whom a turn begins from.
   */
  @Override
  public boolean mayContinue(long trial) {
    return turns.subList(proposed, turns.size()).stream()
            .anyMatch(each -> goesOn(each.start, trial))
        || (turn < settings.turns()
            && results.stream().anyMatch(each -> each.isMeasured() && goesOn(each.next, trial)));
  }

  @Override
  public boolean inherits() {
    return true;
  }

  private static boolean goesOn(Start start, long trial) {
    return start instanceof Start.Adopt before && before.trial() == trial;
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    Integer member = awaited.remove(trial.number());
    if (member == null) {
      throw new IllegalArgumentException(
          "population-based training: told of trial %d, which it did not propose"
              .formatted(trial.number()));
    }
    double score = objective.score(outcome).orElse(Double.NEGATIVE_INFINITY);
    results.set(member, new Result<>(Start.Adopt.of(trial), trial.candidate(), score));
  }
}
