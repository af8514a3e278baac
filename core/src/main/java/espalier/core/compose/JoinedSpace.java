package espalier.core.compose;

import espalier.core.io.DataException;
import espalier.core.nn.Layer;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Any space of architectures with something decided beside each: how it is trained, for one. The
 * network is the architecture's; {@link #beside} says what was decided. Where architectures are
 * rows of decisions, {@link JoinedRows} are as well.
 *
 * @param <A> an architecture
 * @param <S> its space
 * @param <H> what is decided beside it
 */
public sealed class JoinedSpace<A, S extends Neighbourly<A> & Crossable<A> & Encodable<A>, H>
    implements Neighbourly<Joined<A>>, Crossable<Joined<A>>, Encodable<Joined<A>>
    permits JoinedRows {
  private static final String SEPARATOR = " @ ";

  final S space;
  final ComposedSpace<H> other;

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
  public final H beside(Joined<A> joined) {
    return other.value(joined.beside());
  }

  @Override
  public final String name() {
    return space.name() + "+" + other.name();
  }

  @Override
  public final Size size() {
    return space.size() instanceof Size.Exact(var count)
        ? new Size.Exact(count.multiply(other.form().size()))
        : new Size.Unbounded();
  }

  @Override
  public final Joined<A> sample(Philox random) {
    return new Joined<>(space.sample(random.trial(0)), other.sample(random.trial(1)));
  }

  @Override
  public final String canonical(Joined<A> joined) {
    return space.canonical(joined.architecture()) + SEPARATOR + other.canonical(joined.beside());
  }

  @Override
  public final String print(Joined<A> joined) {
    return space.print(joined.architecture()) + SEPARATOR + other.print(joined.beside());
  }

  @Override
  public final Joined<A> parse(String text) {
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
  public final Network model(Joined<A> joined, int classes) {
    return space.model(joined.architecture(), classes);
  }

  @Override
  public final List<Joined<A>> neighbours(Joined<A> joined) {
    Stream<Joined<A>> architectures =
        space.neighbours(joined.architecture()).stream()
            .map(changed -> new Joined<>(changed, joined.beside()));
    return Stream.concat(architectures, neighboursBeside(joined).stream()).toList();
  }

  /** Those neighbours that have the same architecture. */
  public final List<Joined<A>> neighboursBeside(Joined<A> joined) {
    return other.neighbours(joined.beside()).stream()
        .map(changed -> new Joined<>(joined.architecture(), changed))
        .toList();
  }

  /** {@inheritDoc} Either part changes, both alike likely. */
  @Override
  public Joined<A> mutate(Joined<A> joined, Philox random) {
    return changed(joined, random.below(0, 2) == 0, random);
  }

  /** One of its parts, the architecture or what is beside it, changed. */
  final Joined<A> changed(Joined<A> joined, boolean isArchitecture, Philox random) {
    return isArchitecture
        ? new Joined<>(space.mutate(joined.architecture(), random.trial(0)), joined.beside())
        : new Joined<>(joined.architecture(), other.mutate(joined.beside(), random.trial(1)));
  }

  @Override
  public final Joined<A> cross(Joined<A> mother, Joined<A> father, Philox random) {
    return new Joined<>(
        space.cross(mother.architecture(), father.architecture(), random.trial(0)),
        other.cross(mother.beside(), father.beside(), random.trial(1)));
  }

  @Override
  public final int encodingLength() {
    return space.encodingLength() + other.encodingLength();
  }

  @Override
  public final float[] encode(Joined<A> joined) {
    float[] encoding = Arrays.copyOf(space.encode(joined.architecture()), encodingLength());
    float[] last = other.encode(joined.beside());
    System.arraycopy(last, 0, encoding, space.encodingLength(), last.length);
    return encoding;
  }

  @Override
  public final String toString() {
    return "%s[space=%s, other=%s]".formatted(getClass().getSimpleName(), space, other);
  }
}
