package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Categorical;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Monte-Carlo tree search by upper confidence bounds [Kocsis and Szepesvari 2006]: the decisions
 * that come up are the levels of a tree, which grows by one node a trial; below it a trial goes on
 * at random.
 */
public final class UpperConfidenceTree<A> implements Strategy<A> {

  /**
   * What balances trying and using.
   *
   * @param exploration weight c of the bound: mean + c √(ln N / n)
   * @param best score that counts as a reward of 1
   */
  public record Settings(double exploration, double best) {
    public Settings {
      if (!(exploration >= 0) || !(best > 0)) {
        throw new IllegalArgumentException(
            "tree search: exploration %s and best score %s, expected 0 or more and above 0"
                .formatted(exploration, best));
      }
    }

    /** 0.1, for scores in per cent. */
    public static Settings standard() {
      return new Settings(0.1, 100);
    }
  }

  /** What follows from the same first choices. */
  private static final class Node {
    /** By the option that the next decision took. */
    final Map<Integer, Node> children = new HashMap<>();

    double visits;
    double total;

    void add(double reward) {
      visits++;
      total += reward;
    }
  }

  private final Categorical<A> space;
  private final Objective objective;
  private final Settings settings;
  private final List<Integer> options;
  private final Philox random;
  private final Node root = new Node();

  /** A tree of its root. */
  public UpperConfidenceTree(
      Categorical<A> space, Objective objective, Settings settings, long seed) {
    this.space = space;
    this.objective = objective;
    this.settings = settings;
    this.options = space.options();
    this.random = Philox.of(seed, "tree search");
  }

  @Override
  public Ask<A> ask(long trial) {
    Philox draws = random.trial(trial);
    int[] choices = new int[options.size()];
    Optional<Node> node = Optional.of(root);
    for (int level = 0; level < choices.length; level++) {
      if (!space.active(choices)[level]) {
        continue;
      }
      int among = options.get(level);
      int drawn = draws.below(level, among);
      int choice = node.map(parent -> choose(parent, among, draws)).orElse(drawn);
      choices[level] = choice;
      node = node.flatMap(parent -> Optional.ofNullable(parent.children.get(choice)));
    }
    return Ask.Propose.whole(space.ofChoices(choices));
  }

  private int choose(Node parent, int among, Philox draws) {
    List<Integer> untried = new ArrayList<>();
    for (int i = 0; i < among; i++) {
      if (!parent.children.containsKey(i)) {
        untried.add(i);
      }
    }
    if (!untried.isEmpty()) {
      return untried.get(draws.below(options.size(), untried.size()));
    }
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < among; i++) {
      double bound = bound(Objects.requireNonNull(parent.children.get(i)), parent);
      if (bound > highest) {
        highest = bound;
        best = i;
      }
    }
    return best;
  }

  private double bound(Node child, Node parent) {
    return child.total / child.visits
        + settings.exploration() * Math.sqrt(StrictMath.log(parent.visits) / child.visits);
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    objective.score(outcome).ifPresent(score -> learn(space.choices(trial.candidate()), score));
  }

  private void learn(int[] choices, double score) {
    double reward = score / settings.best();
    boolean[] active = space.active(choices);
    Node node = root;
    node.add(reward);
    for (int level = 0; level < choices.length; level++) {
      if (!active[level]) {
        continue;
      }
      boolean isKnown = node.children.containsKey(choices[level]);
      node = node.children.computeIfAbsent(choices[level], _ -> new Node());
      node.add(reward);
      if (!isKnown) {
        return;
      }
    }
  }
}
