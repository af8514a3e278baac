package espalier.core.neat;

/**
 * What a search by {@link Neat} is made of.
 *
 * @param population genomes of a generation
 */
public record NeatSettings(
    int population, Distance distance, Mutation mutation, Mating mating, Survival survival) {

  /**
   * When genomes are of one species.
   *
   * @param excess weight of the genes beyond the other's last
   * @param disjoint weight of the other genes that only one has
   * @param weights weight of the mean difference of the weights of genes that both have
   * @param threshold the distance from which on genomes are strangers
   */
  public record Distance(double excess, double disjoint, double weights, double threshold) {}

  /**
   * How children change.
   *
   * @param node odds that a gene is split by a new node
   * @param link odds of a new connection
   * @param weights odds that the weights change
   * @param fresh odds that a weight is then drawn anew instead of moved
   * @param power how far a weight moves at most, and the largest that is drawn anew
   * @param bound the largest a weight may be: without one, weights drift until all are strangers
   */
  public record Mutation(
      double node, double link, double weights, double fresh, double power, double bound) {
    /** These with other odds of a new node. */
    public Mutation withNode(double odds) {
      return new Mutation(odds, link, weights, fresh, power, bound);
    }

    /** These with other odds of a new connection. */
    public Mutation withLink(double odds) {
      return new Mutation(node, odds, weights, fresh, power, bound);
    }

    /** These with other odds that weights change. */
    public Mutation withWeights(double odds) {
      return new Mutation(node, link, odds, fresh, power, bound);
    }

    /** These with other odds that a weight is drawn anew. */
    public Mutation withFresh(double odds) {
      return new Mutation(node, link, weights, odds, power, bound);
    }

    /** These with other steps of weights. */
    public Mutation withPower(double largest) {
      return new Mutation(node, link, weights, fresh, largest, bound);
    }

    /** These with another bound of weights. */
    public Mutation withBound(double largest) {
      return new Mutation(node, link, weights, fresh, power, largest);
    }
  }

  /**
   * Who has children.
   *
   * @param alone odds that a child has one parent
   * @param abroad odds that the other parent is of another species
   * @param disabled odds that a gene that is disabled in a parent is disabled in the child
   */
  public record Mating(double alone, double abroad, double disabled) {}

  /**
   * What lives on.
   *
   * @param share of a species, the best, that may have children; one may always
   * @param champions a species with more members than this keeps its best unchanged
   * @param patience generations without a better best after which a species has no children
   * @param hope generations without a better best after which only the two best species have
   *     children
   */
  public record Survival(double share, int champions, int patience, int hope) {
    /** These with another share of parents. */
    public Survival withShare(double part) {
      return new Survival(part, champions, patience, hope);
    }

    /** These with another size from which a best is kept. */
    public Survival withChampions(int size) {
      return new Survival(share, size, patience, hope);
    }

    /** These with another patience with a species. */
    public Survival withPatience(int generations) {
      return new Survival(share, champions, generations, hope);
    }

    /** These with another patience with all. */
    public Survival withHope(int generations) {
      return new Survival(share, champions, patience, generations);
    }
  }

  public NeatSettings {
    require(population >= 2, "population", population, "2 or more");
    require(distance.threshold > 0, "threshold", distance.threshold, "above 0");
    require(distance.excess >= 0, "excess", distance.excess, "0 or more");
    require(distance.disjoint >= 0, "disjoint", distance.disjoint, "0 or more");
    require(distance.weights >= 0, "weights", distance.weights, "0 or more");
    requireOdds("node", mutation.node);
    requireOdds("link", mutation.link);
    requireOdds("weights", mutation.weights);
    requireOdds("fresh", mutation.fresh);
    require(mutation.power > 0, "power", mutation.power, "above 0");
    require(mutation.bound > 0, "bound", mutation.bound, "above 0");
    requireOdds("alone", mating.alone);
    requireOdds("abroad", mating.abroad);
    requireOdds("disabled", mating.disabled);
    requireOdds("share", survival.share);
    require(survival.champions >= 0, "champions", survival.champions, "0 or more");
    require(survival.patience >= 1, "patience", survival.patience, "1 or more");
    require(survival.hope >= 1, "hope", survival.hope, "1 or more");
  }

  private static void requireOdds(String option, double odds) {
    require(odds >= 0 && odds <= 1, option, odds, "of [0, 1]");
  }

  private static void require(boolean met, String option, Number found, String wanted) {
    if (!met) {
      throw new IllegalArgumentException(
          "neat: %s %s, expected %s".formatted(option, found, wanted));
    }
  }

  /**
   * As in the paper, which leaves open how many have children (0.2, as in the authors' program),
   * how far weights move (2.5, as there) and how large they may become.
   */
  public static NeatSettings standard() {
    return new NeatSettings(
        150,
        new Distance(1, 1, 0.4, 3),
        new Mutation(0.03, 0.05, 0.8, 0.1, 2.5, 5),
        new Mating(0.25, 0.001, 0.75),
        new Survival(0.2, 5, 15, 20));
  }

  /** These settings with another population. */
  public NeatSettings withPopulation(int size) {
    return new NeatSettings(size, distance, mutation, mating, survival);
  }

  /** These settings with another distance. */
  public NeatSettings withDistance(Distance changed) {
    return new NeatSettings(population, changed, mutation, mating, survival);
  }

  /** These settings with other mutations. */
  public NeatSettings withMutation(Mutation changed) {
    return new NeatSettings(population, distance, changed, mating, survival);
  }

  /** These settings with other rules of mating. */
  public NeatSettings withMating(Mating changed) {
    return new NeatSettings(population, distance, mutation, changed, survival);
  }

  /** These settings with other rules of survival. */
  public NeatSettings withSurvival(Survival changed) {
    return new NeatSettings(population, distance, mutation, mating, changed);
  }
}
