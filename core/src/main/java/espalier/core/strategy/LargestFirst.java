package espalier.core.strategy;

import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.search.Trial;
import espalier.core.space.Enumerable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Every architecture once, the largest first, equally large ones in random order: how far a search
 * comes that knows nothing but a size, such as parameters.
 */
public final class LargestFirst<A> implements Strategy<A> {

  /** The architectures of a space in groups of equal size, the largest first. */
  public record Order<A>(List<List<A>> groups) {
    public Order {
      groups = groups.stream().map(List::copyOf).toList();
    }

    /** The order of a space; strategies of several seeds can share it. */
    public static <A> Order<A> of(Enumerable<A> space, ToDoubleFunction<A> size) {
      return of(space.all().toList(), size);
    }

    /** The order of these architectures. */
    public static <A> Order<A> of(List<A> architectures, ToDoubleFunction<A> size) {
      TreeMap<Double, List<A>> groups = new TreeMap<>(Collections.reverseOrder());
      for (A candidate : architectures) {
        groups
            .computeIfAbsent(size.applyAsDouble(candidate), found -> new ArrayList<>())
            .add(candidate);
      }
      return new Order<>(List.copyOf(groups.values()));
    }
  }

  private final Order<A> order;
  private final Philox random;
  private int group = -1;
  private int next;
  private int[] permutation = {};

  /** The order that a seed stands for. */
  public LargestFirst(Order<A> order, long seed) {
    this.order = order;
    this.random = Philox.of(seed, "largest first");
  }

  @Override
  public Ask<A> ask(long trial) {
    if (next == permutation.length) {
      if (group + 1 == order.groups().size()) {
        return new Ask.Done<>();
      }
      group++;
      next = 0;
      permutation = random.trial(group).permutation(order.groups().get(group).size());
    }
    return Ask.Propose.whole(order.groups().get(group).get(permutation[next++]));
  }

  @Override
  public void tell(Trial<A> trial, Outcome outcome) {
    // Nothing is learnt.
  }
}
