package espalier.core.neat;

import espalier.core.neat.Species.Member;
import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Neuroevolution of augmenting topologies [Stanley and Miikkulainen 2002]: networks begin minimal
 * and grow, genes are matched by when they arose, and what is new is protected by species among
 * which fitness is shared. The fitness is the objective's score; where scores are negative they are
 * counted from the least of the generation. Genomes without a score have no children.
 *
 * <p>A generation is proposed when all of the one before is told, so at most a population of trials
 * is under way. Champions that live on are proposed again.
 */
public final class Neat implements Strategy<Genome> {
  private final GenomeSpace space;
  private final Objective objective;
  private final NeatSettings settings;
  private final Philox design;
  private final Philox random;
  private final Population population;
  private final Map<Long, Integer> awaited = new HashMap<>();

  /** The scores of this generation by the positions of their genomes. */
  private final Map<Integer, Double> scores = new TreeMap<>();

  private List<Genome> generation = List.of();
  private int proposed;
  private int generations;

  /** A population that is still to be drawn. */
  public Neat(GenomeSpace space, Objective objective, NeatSettings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.design = Philox.of(seed, "initial design");
    this.random = Philox.of(seed, "neat");
    this.population = new Population(space, settings);
  }

  @Override
  public Ask<Genome> ask(long trial) {
    if (proposed == generation.size()) {
      if (!awaited.isEmpty()) {
        return new Ask.Wait<>();
      }
      generation = next(trial);
      scores.clear();
      proposed = 0;
    }
    awaited.put(trial, proposed);
    return Ask.Propose.whole(generation.get(proposed++));
  }

  /** Children of what was measured; new minimal genomes if nothing was. */
  private List<Genome> next(long trial) {
    List<Genome> parents = generation;
    List<Member> members =
        scores.entrySet().stream()
            .map(scored -> new Member(parents.get(scored.getKey()), scored.getValue()))
            .toList();
    if (members.isEmpty()) {
      return LongStream.range(trial, trial + settings.population())
          .mapToObj(number -> space.sample(design.trial(number)))
          .toList();
    }
    return population.next(members, random.trial(generations++));
  }

  @Override
  public void tell(Trial<Genome> trial, Outcome outcome) {
    Integer position = awaited.remove(trial.number());
    if (position == null) {
      throw new IllegalArgumentException(
          "neat: told of trial %d, which it did not propose".formatted(trial.number()));
    }
    OptionalDouble score = objective.score(outcome);
    score.ifPresent(value -> scores.put(position, value));
  }
}
