package espalier.core.compose;

import espalier.core.io.Sha256;
import espalier.core.nn.Network;
import espalier.core.random.Draws;
import espalier.core.random.Philox;
import espalier.core.space.Categorical;
import espalier.core.space.Crossable;
import espalier.core.space.Encodable;
import espalier.core.space.Neighbourly;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The networks that a {@link Pick} can pick. Its architectures are decisions; {@link #value} says
 * what one means.
 *
 * @param <T> what is picked
 */
public final class ComposedSpace<T>
    implements Categorical<Decision>,
        Neighbourly<Decision>,
        Crossable<Decision>,
        Encodable<Decision> {

  /** Makes a network of what was picked. */
  @FunctionalInterface
  public interface Builder<T> {
    /** The classifier that a value describes. */
    Network network(T value, int classes);
  }

  private final String name;
  private final Pick<T> pick;
  private final Builder<T> builder;
  private final Optional<Function<T, String>> key;
  private final List<DecisionRow.Place> places;
  private final List<Integer> options;

  /** The space of all that {@code pick} can pick. */
  public ComposedSpace(String name, Pick<T> pick, Builder<T> builder) {
    this(name, pick, builder, Optional.empty());
  }

  /**
   * The same space, some of whose decisions mean the same.
   *
   * @param key equal for values that are the same function
   */
  public ComposedSpace(String name, Pick<T> pick, Builder<T> builder, Function<T, String> key) {
    this(name, pick, builder, Optional.of(key));
  }

  private ComposedSpace(
      String name, Pick<T> pick, Builder<T> builder, Optional<Function<T, String>> key) {
    this.name = name;
    this.pick = pick;
    this.builder = builder;
    this.key = key;
    this.places = DecisionRow.places(pick.form());
    this.options = places.stream().map(DecisionRow.Place::options).toList();
  }

  @Override
  public String name() {
    return name;
  }

  /** What there is to decide. */
  public Form form() {
    return pick.form();
  }

  /** What an architecture means. */
  public T value(Decision architecture) {
    return pick.meaning().apply(architecture);
  }

  @Override
  public Size size() {
    return new Size.Exact(form().size());
  }

  /** Architecture number {@code rank}, from 0. */
  public Decision at(BigInteger rank) {
    if (rank.signum() < 0 || rank.compareTo(form().size()) >= 0) {
      throw new IllegalArgumentException(
          "space '%s': architecture number %s, expected 0 or more and less than %s"
              .formatted(name, rank, form().size()));
    }
    return Ranking.at(form(), rank);
  }

  /** The number of an architecture. */
  public BigInteger rank(Decision architecture) {
    return Ranking.of(form(), architecture);
  }

  @Override
  public Decision sample(Philox random) {
    return Changes.sample(form(), new Draws(random));
  }

  /** {@inheritDoc} What was decided, unless the space was given a key. */
  @Override
  public String canonical(Decision architecture) {
    return key.map(of -> of.apply(value(architecture))).orElseGet(() -> print(architecture));
  }

  @Override
  public List<Decision> neighbours(Decision architecture) {
    return Changes.neighbours(form(), architecture);
  }

  /** {@inheritDoc} The choice that changes is drawn uniformly among those that came up. */
  @Override
  public Decision mutate(Decision architecture, Philox random) {
    return Changes.mutate(form(), architecture, new Draws(random));
  }

  @Override
  public Decision cross(Decision mother, Decision father, Philox random) {
    return Changes.cross(form(), mother, father, new Draws(random));
  }

  /** {@inheritDoc} Every choice that could come up has a place, those below an option after it. */
  @Override
  public List<Integer> options() {
    return options;
  }

  @Override
  public int[] choices(Decision architecture) {
    int[] choices = new int[options.size()];
    DecisionRow.write(form(), architecture, choices, 0);
    return choices;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a place has no such option, or there are more or fewer
   */
  @Override
  public Decision ofChoices(int[] choices) {
    requireRow(choices);
    return DecisionRow.read(form(), choices, 0);
  }

  @Override
  public boolean[] active(int[] choices) {
    requireRow(choices);
    return DecisionRow.active(places, choices);
  }

  private void requireRow(int[] choices) {
    if (choices.length != options.size()) {
      throw new IllegalArgumentException(
          "space '%s': a row of %d choices, expected %d"
              .formatted(name, choices.length, options.size()));
    }
    for (int i = 0; i < choices.length; i++) {
      if (choices[i] < 0 || choices[i] >= options.get(i)) {
        throw new IllegalArgumentException(
            "space '%s': choice %d is option %d, expected 0 or more and less than %d"
                .formatted(name, i, choices[i], options.get(i)));
      }
    }
  }

  @Override
  public int encodingLength() {
    return DecisionCode.length(form());
  }

  @Override
  public float[] encode(Decision architecture) {
    float[] code = new float[encodingLength()];
    DecisionCode.write(form(), architecture, code, 0);
    return code;
  }

  @Override
  public String print(Decision architecture) {
    return DecisionText.print(form(), architecture);
  }

  @Override
  public Decision parse(String text) {
    return DecisionText.parse(form(), text);
  }

  @Override
  public Network model(Decision architecture, int classes) {
    return builder.network(value(architecture), classes);
  }

  /** The name, and a checksum of what there is to decide: the same in every process. */
  @Override
  public String toString() {
    String form = Sha256.of(form().toString().getBytes(StandardCharsets.UTF_8));
    return "ComposedSpace[name=%s, form=%s]".formatted(name, form);
  }
}
