package espalier.core.compose;

import espalier.core.random.Philox;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A joined space of architectures that are rows of decisions: what is beside them goes on the row.
 */
public final class JoinedRows<
        A, S extends Categorical<A> & Neighbourly<A> & Crossable<A> & Encodable<A>, H>
    extends JoinedSpace<A, S, H> implements Categorical<Joined<A>> {

  /**
   * All architectures of {@code space}, each with all that {@code pick} can pick.
   *
   * @param what is picked, a word for the space's name
   */
  public JoinedRows(S space, String what, Pick<H> pick) {
    super(space, what, pick);
  }

  /** {@inheritDoc} Either part changes, as likely as decisions of it came up. */
  @Override
  public Joined<A> mutate(Joined<A> joined, Philox random) {
    int first = decisions(space, joined.architecture());
    return changed(
        joined, random.below(0, first + decisions(other, joined.beside())) < first, random);
  }

  private static <B> int decisions(Categorical<B> space, B architecture) {
    int count = 0;
    for (boolean isActive : space.active(space.choices(architecture))) {
      count += isActive ? 1 : 0;
    }
    return count;
  }

  /** {@inheritDoc} Those of the architecture, then the others. */
  @Override
  public List<Integer> options() {
    List<Integer> options = new ArrayList<>(space.options());
    options.addAll(other.options());
    return options;
  }

  @Override
  public int[] choices(Joined<A> joined) {
    return IntStream.concat(
            Arrays.stream(space.choices(joined.architecture())),
            Arrays.stream(other.choices(joined.beside())))
        .toArray();
  }

  @Override
  public Joined<A> ofChoices(int[] choices) {
    int first = space.options().size();
    return new Joined<>(
        space.ofChoices(Arrays.copyOf(choices, first)),
        other.ofChoices(Arrays.copyOfRange(choices, first, choices.length)));
  }

  @Override
  public boolean[] active(int[] choices) {
    int first = space.options().size();
    boolean[] active = Arrays.copyOf(space.active(Arrays.copyOf(choices, first)), choices.length);
    boolean[] last = other.active(Arrays.copyOfRange(choices, first, choices.length));
    System.arraycopy(last, 0, active, first, last.length);
    return active;
  }
}
