package espalier.core.compose;

import espalier.core.io.DataException;
import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Any space of architectures with something decided beside each: how it is trained, for one. The
 * network is the architecture's; {@link #beside} says what was decided.
 *
 * @param <A> an architecture
 * @param <S> its space
 * @param <H> what is decided beside it
 */
public final class JoinedSpace<
        A, S extends Categorical<A> & Neighbourly<A> & Crossable<A> & Encodable<A>, H>
    implements Categorical<Joined<A>>,
        Neighbourly<Joined<A>>,
        Crossable<Joined<A>>,
        Encodable<Joined<A>> {
  private static final String SEPARATOR = " @ ";

  private final S space;
  private final ComposedSpace<H> other;

  /**
   * All architectures of {@code space}, each with all that {@code pick} can pick.
   *
   * @param what is picked, a word for the space's name
   */
  public JoinedSpace(S space, String what, Pick<H> pick) {
    this.space = space;
    // Beside a network, what is picked adds no layer to it.
    this.other = new ComposedSpace<>(what, pick, (_, _) -> Network.of(Layer.identity()));
  }

  /** What was decided beside an architecture. */
  public H beside(Joined<A> joined) {
    return other.value(joined.beside());
  }

  @Override
  public String name() {
    return space.name() + "+" + other.name();
  }

  @Override
  public Size size() {
    return space.size() instanceof Size.Exact(var count)
        ? new Size.Exact(count.multiply(other.form().size()))
        : new Size.Unbounded();
  }

  @Override
  public Joined<A> sample(Philox random) {
    return new Joined<>(space.sample(random.trial(0)), other.sample(random.trial(1)));
  }

  @Override
  public String canonical(Joined<A> joined) {
    return space.canonical(joined.architecture()) + SEPARATOR + other.canonical(joined.beside());
  }

  @Override
  public String print(Joined<A> joined) {
    return space.print(joined.architecture()) + SEPARATOR + other.print(joined.beside());
  }

  @Override
  public Joined<A> parse(String text) {
    int at = text.lastIndexOf(SEPARATOR);
    if (at < 0) {
      throw new DataException(
          "architecture: found no '%s' in '%s', expected it between what is joined"
              .formatted(SEPARATOR.strip(), text));
    }
    return new Joined<>(
        space.parse(text.substring(0, at)), other.parse(text.substring(at + SEPARATOR.length())));
  }

  @Override
  public Network model(Joined<A> joined, int classes) {
    return space.model(joined.architecture(), classes);
  }

  @Override
  public List<Joined<A>> neighbours(Joined<A> joined) {
    Stream<Joined<A>> architectures =
        space.neighbours(joined.architecture()).stream()
            .map(changed -> new Joined<>(changed, joined.beside()));
    return Stream.concat(architectures, neighboursBeside(joined).stream()).toList();
  }

  /** Those neighbours that have the same architecture. */
  public List<Joined<A>> neighboursBeside(Joined<A> joined) {
    return other.neighbours(joined.beside()).stream()
        .map(changed -> new Joined<>(joined.architecture(), changed))
        .toList();
  }

  /** {@inheritDoc} Either part changes, as likely as decisions of it came up. */
  @Override
  public Joined<A> mutate(Joined<A> joined, Philox random) {
    int first = decisions(space, joined.architecture());
    return random.below(0, first + decisions(other, joined.beside())) < first
        ? new Joined<>(space.mutate(joined.architecture(), random.trial(0)), joined.beside())
        : new Joined<>(joined.architecture(), other.mutate(joined.beside(), random.trial(1)));
  }

  private static <B> int decisions(Categorical<B> space, B architecture) {
    int count = 0;
    for (boolean isActive : space.active(space.choices(architecture))) {
      count += isActive ? 1 : 0;
    }
    return count;
  }

  @Override
  public Joined<A> cross(Joined<A> mother, Joined<A> father, Philox random) {
    return new Joined<>(
        space.cross(mother.architecture(), father.architecture(), random.trial(0)),
        other.cross(mother.beside(), father.beside(), random.trial(1)));
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

  @Override
  public int encodingLength() {
    return space.encodingLength() + other.encodingLength();
  }

  @Override
  public float[] encode(Joined<A> joined) {
    float[] encoding = Arrays.copyOf(space.encode(joined.architecture()), encodingLength());
    float[] last = other.encode(joined.beside());
    System.arraycopy(last, 0, encoding, space.encodingLength(), last.length);
    return encoding;
  }

  @Override
  public String toString() {
    return "JoinedSpace[space=%s, other=%s]".formatted(space, other);
  }
}
