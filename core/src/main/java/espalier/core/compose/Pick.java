package espalier.core.compose;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A way to pick a {@code T}: what there is to decide, and what a decision means.
 *
 * @param <T> an immutable value: a layer, a width, a learning rate
 * @param meaning of each decision of {@code form}
 */
public record Pick<T>(Form form, Function<Decision, T> meaning) {
  private static final MathContext LABEL = new MathContext(3);

  /** This value: nothing to decide. */
  public static <T> Pick<T> of(T value) {
    return new Pick<>(new Form.Fixed(), _ -> value);
  }

  /** One of several ways, by label. */
  public static <T> Pick<T> oneOf(SequencedMap<String, Pick<T>> options) {
    return oneOf(options, false);
  }

  /** One of several values, labelled by what they print. */
  public static <T> Pick<T> among(List<T> values) {
    return oneOf(labelled(values, Object::toString), false);
  }

  /** One of several values in order: those beside one are its neighbours. */
  public static <T> Pick<T> ordered(List<T> values) {
    return oneOf(labelled(values, Object::toString), true);
  }

  /** {@code least, least + step, … most}. */
  public static Pick<Integer> range(int least, int most, int step) {
    return ordered(
        IntStream.rangeClosed(0, (most - least) / step).mapToObj(i -> least + i * step).toList());
  }

  /**
   * {@code count} numbers from {@code least} to {@code most}, each as many times the one before;
   * labelled by their first three digits.
   */
  public static Pick<Double> logarithmic(double least, double most, int count) {
    if (!(least > 0) || !(most > least) || count < 2) {
      throw new IllegalArgumentException(
          "logarithmic: %d numbers from %s to %s, expected two or more between positive bounds"
              .formatted(count, least, most));
    }
    double ratio = StrictMath.log(most / least) / (count - 1);
    return oneOf(
        labelled(
            IntStream.range(0, count)
                .mapToObj(i -> i == count - 1 ? most : least * StrictMath.exp(i * ratio))
                .toList(),
            value -> new BigDecimal(value).round(LABEL).stripTrailingZeros().toString()),
        true);
  }

  private static <T> SequencedMap<String, Pick<T>> labelled(
      List<T> values, Function<T, String> label) {
    SequencedMap<String, Pick<T>> options = new LinkedHashMap<>();
    for (T value : values) {
      if (options.put(label.apply(value), of(value)) != null) {
        throw new IllegalArgumentException(
            "choice: two values are labelled '%s', expected labels that differ"
                .formatted(label.apply(value)));
      }
    }
    return options;
  }

  private static <T> Pick<T> oneOf(SequencedMap<String, Pick<T>> options, boolean ordered) {
    List<Pick<T>> picks = List.copyOf(options.values());
    List<Form.Option> forms = new ArrayList<>();
    options.forEach((label, pick) -> forms.add(new Form.Option(label, pick.form)));
    return new Pick<>(
        new Form.OneOf(forms, ordered),
        decision -> {
          var taken = (Decision.OneOf) decision;
          return picks.get(taken.option()).meaning.apply(taken.below());
        });
  }

  /** What was picked of several parts. */
  public static final class Picked {
    private final Form.AllOf form;
    private final Decision.AllOf decision;

    private Picked(Form.AllOf form, Decision.AllOf decision) {
      this.form = form;
      this.decision = decision;
    }

    /** What was picked of the part {@code name}, which is decided by {@code pick}. */
    public <U> U get(String name, Pick<U> pick) {
      for (int i = 0; i < form.parts().size(); i++) {
        if (form.parts().get(i).name().equals(name)) {
          return pick.meaning.apply(decision.parts().get(i));
        }
      }
      throw new IllegalArgumentException(
          "pick: no part '%s', expected one of %s"
              .formatted(name, form.parts().stream().map(Form.Part::name).toList()));
    }
  }

  /** All of several parts, each picked by itself, and what they make together. */
  public static <T> Pick<T> all(SequencedMap<String, Pick<?>> parts, Function<Picked, T> together) {
    List<Form.Part> forms = new ArrayList<>();
    parts.forEach((name, pick) -> forms.add(new Form.Part(name, pick.form)));
    Form.AllOf form = new Form.AllOf(forms);
    return new Pick<>(
        form, decision -> together.apply(new Picked(form, (Decision.AllOf) decision)));
  }

  /** One for each of these, in order: a chain of stages, say. */
  public static <T> Pick<List<T>> each(List<Pick<T>> picks) {
    List<Form.Part> forms = new ArrayList<>();
    for (Pick<T> pick : picks) {
      forms.add(new Form.Part(Integer.toString(forms.size()), pick.form));
    }
    return new Pick<>(
        new Form.AllOf(forms),
        decision -> {
          List<T> values = new ArrayList<>();
          for (Decision part : ((Decision.AllOf) decision).parts()) {
            values.add(picks.get(values.size()).meaning.apply(part));
          }
          return List.copyOf(values);
        });
  }

  /** {@code least} to {@code most} of these, each picked by itself. */
  public Pick<List<T>> several(int least, int most) {
    return new Pick<>(
        new Form.Several(least, most, form),
        decision -> ((Decision.Several) decision).each().stream().map(meaning).toList());
  }

  /** One of these or none. */
  public Pick<Optional<T>> optional() {
    SequencedMap<String, Pick<Optional<T>>> options = new LinkedHashMap<>();
    options.put("none", of(Optional.empty()));
    options.put("some", map(Optional::of));
    return oneOf(options);
  }

  /** What these are turned into. */
  public <U> Pick<U> map(Function<T, U> function) {
    return new Pick<>(form, meaning.andThen(function));
  }
}
