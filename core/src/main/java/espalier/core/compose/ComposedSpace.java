package espalier.core.compose;

import espalier.core.nn.Network;
import espalier.core.random.Draws;
import espalier.core.random.Philox;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.math.BigInteger;
import java.util.List;

/**
 * The networks that a {@link Pick} can pick. Its architectures are decisions; {@link #value} says
 * what one means.
 *
 * @param <T> what is picked
 */
public class ComposedSpace<T>
    implements Neighbourly<Decision>, Crossable<Decision>, Encodable<Decision> {

  /** Makes a network of what was picked. */
  @FunctionalInterface
  public interface Builder<T> {
    /** The classifier that a value describes. */
    Network network(T value, int classes);
  }

  private final String name;
  private final Pick<T> pick;
  private final Builder<T> builder;

  /** The space of all that {@code pick} can pick. */
  public ComposedSpace(String name, Pick<T> pick, Builder<T> builder) {
    this.name = name;
    this.pick = pick;
    this.builder = builder;
  }

  @Override
  public final String name() {
    return name;
  }

  /** What there is to decide. */
  public final Form form() {
    return pick.form();
  }

  /** What an architecture means. */
  public final T value(Decision architecture) {
    return pick.meaning().apply(architecture);
  }

  @Override
  public final Size size() {
    return new Size.Exact(form().size());
  }

  /** Architecture number {@code rank}, from 0. */
  public final Decision at(BigInteger rank) {
    if (rank.signum() < 0 || rank.compareTo(form().size()) >= 0) {
      throw new IllegalArgumentException(
          "space '%s': architecture number %s, expected 0 or more and less than %s"
              .formatted(name, rank, form().size()));
    }
    return Ranking.at(form(), rank);
  }

  /** The number of an architecture. */
  public final BigInteger rank(Decision architecture) {
    return Ranking.of(form(), architecture);
  }

  @Override
  public final Decision sample(Philox random) {
    return Changes.sample(form(), new Draws(random));
  }

  /** {@inheritDoc} Here, what was decided: spaces in which more is equal say so themselves. */
  @Override
  public String canonical(Decision architecture) {
    return print(architecture);
  }

  @Override
  public final List<Decision> neighbours(Decision architecture) {
    return Changes.neighbours(form(), architecture);
  }

  /** {@inheritDoc} The choice that changes is drawn uniformly among those that came up. */
  @Override
  public final Decision mutate(Decision architecture, Philox random) {
    return Changes.mutate(form(), architecture, new Draws(random));
  }

  @Override
  public final Decision cross(Decision mother, Decision father, Philox random) {
    return Changes.cross(form(), mother, father, new Draws(random));
  }

  @Override
  public final int encodingLength() {
    return DecisionCode.length(form());
  }

  @Override
  public final float[] encode(Decision architecture) {
    float[] code = new float[encodingLength()];
    DecisionCode.write(form(), architecture, code, 0);
    return code;
  }

  @Override
  public final String print(Decision architecture) {
    return DecisionText.print(form(), architecture);
  }

  @Override
  public final Decision parse(String text) {
    return DecisionText.parse(form(), text);
  }

  @Override
  public final Network model(Decision architecture, int classes) {
    return builder.network(value(architecture), classes);
  }
}
