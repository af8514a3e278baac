package espalier.core.neat;

import espalier.core.neat.Species.Member;
import espalier.core.random.Draws;
import espalier.core.random.Philox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Species that share what there is to have children with. */
final class Population {
  /*
   * A generation is put into the species of the one before: into the first whose representative, a
   * random genome of that generation, is near enough. Fitness is shared: each member's is divided by
   * the size of its species, so a species has children in proportion to its members' mean fitness,
   * however many they are.
   */
  private static final int LEADERS = 2;

  private final NeatSettings settings;
  private final Variation variation;
  private final List<Species> species = new ArrayList<>();
  private int generation;
  private double best = Double.NEGATIVE_INFINITY;
  private int improved;

  Population(GenomeSpace space, NeatSettings settings) {
    this.settings = settings;
    this.variation = new Variation(space, settings);
  }

  /** The children of a generation of one or more, as many as the population has. */
  List<Genome> next(List<Member> members, Philox random) {
    generation++;
    variation.beginGeneration();
    divide(members);
    List<Species> fertile = fertile();
    int[] children = children(fertile, least(members));
    List<Genome> born = new ArrayList<>();
    for (int i = 0; i < children.length; i++) {
      Species mine = fertile.get(i);
      if (children[i] > 0 && mine.members().size() > settings.survival().champions()) {
        born.add(mine.champion().genome());
        children[i]--;
      }
      for (int child = 0; child < children[i]; child++) {
        born.add(child(mine, fertile, new Draws(random.trial(born.size()))));
      }
    }
    Draws draws = new Draws(random.step(1));
    species.forEach(each -> each.renew(draws.below(each.members().size())));
    return born;
  }

  private void divide(List<Member> members) {
    for (Member member : members) {
      species.stream()
          .filter(each -> each.isLike(member.genome(), settings.distance()))
          .findFirst()
          .orElseGet(() -> founded(member.genome()))
          .add(member);
    }
    species.removeIf(each -> each.members().isEmpty());
    species.forEach(each -> each.rank(generation));
    double now = species.stream().mapToDouble(e -> e.champion().fitness()).max().orElseThrow();
    if (now > best) {
      best = now;
      improved = generation;
    }
  }

  private Species founded(Genome genome) {
    Species founded = new Species(genome);
    species.add(founded);
    return founded;
  }

  /** Those whose best has become better of late; the leaders if there are none. */
  private List<Species> fertile() {
    List<Species> fertile =
        species.stream()
            .filter(each -> each.stagnation(generation) < settings.survival().patience())
            .toList();
    if (fertile.isEmpty() || generation - improved >= settings.survival().hope()) {
      return species.stream()
          .sorted(Comparator.comparingDouble((Species e) -> e.champion().fitness()).reversed())
          .limit(LEADERS)
          .toList();
    }
    return fertile;
  }

  /** What counts as a fitness of 0: where some are negative, the least. */
  private static double least(List<Member> members) {
    return Math.min(0, members.stream().mapToDouble(Member::fitness).min().orElseThrow());
  }

  /** Parts of the population in proportion to mean fitness, the largest fractions rounded up. */
  private int[] children(List<Species> fertile, double least) {
    double[] means =
        fertile.stream()
            .mapToDouble(each ->
                each.members().stream().mapToDouble(m -> m.fitness() - least).average().orElse(0))
            .toArray();
    double sum = IntStream.range(0, means.length).mapToDouble(i -> means[i]).sum();
    double[] shares = new double[means.length];
    int[] children = new int[means.length];
    int left = settings.population();
    for (int i = 0; i < means.length; i++) {
      double part = sum > 0 ? means[i] / sum : 1.0 / means.length;
      shares[i] = part * settings.population();
      children[i] = (int) shares[i];
      left -= children[i];
    }
    IntStream.range(0, means.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> children[i] - shares[i]))
        .limit(left)
        .toList()
        .forEach(i -> children[i]++);
    return children;
  }

  private Genome child(Species mine, List<Species> fertile, Draws draws) {
    Member mother = parent(mine, draws);
    if (draws.chance(settings.mating().alone())) {
      return variation.mutate(mother.genome(), draws);
    }
    boolean abroad = draws.chance(settings.mating().abroad());
    Member father = parent(abroad ? fertile.get(draws.below(fertile.size())) : mine, draws);
    boolean isSecond = father.fitness() > mother.fitness();
    Genome bred =
        variation.cross(
            (isSecond ? father : mother).genome(),
            (isSecond ? mother : father).genome(),
            father.fitness() == mother.fitness(),
            draws);
    return variation.mutate(bred, draws);
  }

  private Member parent(Species of, Draws draws) {
    List<Member> parents = of.parents(settings.survival().share());
    return parents.get(draws.below(parents.size()));
  }
}
