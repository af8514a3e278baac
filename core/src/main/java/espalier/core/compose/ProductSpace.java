package espalier.core.compose;

import espalier.core.space.Categorical;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A composed space in which every choice comes up, whatever the others were. */
public final class ProductSpace<T> extends ComposedSpace<T> implements Categorical<Decision> {
  private final List<Integer> options;
  private final Optional<Function<T, String>> key;

  /**
   * The space of all that {@code pick} can pick.
   *
   * @throws IllegalArgumentException if there are choices below options, or repetitions whose
   *     number is to be decided
   */
  public ProductSpace(String name, Pick<T> pick, Builder<T> builder) {
    this(name, pick, builder, Optional.empty());
  }

  /**
   * The same space, some of whose decisions mean the same.
   *
   * @param key equal for values that are the same function
   */
  public ProductSpace(String name, Pick<T> pick, Builder<T> builder, Function<T, String> key) {
    this(name, pick, builder, Optional.of(key));
  }

  private ProductSpace(
      String name, Pick<T> pick, Builder<T> builder, Optional<Function<T, String>> key) {
    super(name, pick, builder);
    this.key = key;
    List<Integer> found = new ArrayList<>();
    addOptions(form(), found);
    options = List.copyOf(found);
  }

  @Override
  public String canonical(Decision architecture) {
    return key.map(of -> of.apply(value(architecture)))
        .orElseGet(() -> super.canonical(architecture));
  }

  private void addOptions(Form form, List<Integer> found) {
    switch (form) {
      case Form.Fixed _ -> {}
      case Form.OneOf choice -> {
        for (Form.Option option : choice.options()) {
          if (!(option.below() instanceof Form.Fixed)) {
            throw new IllegalArgumentException(
                "space '%s': option '%s' has choices below it, expected none"
                    .formatted(name(), option.label()));
          }
        }
        found.add(choice.options().size());
      }
      case Form.AllOf all -> all.parts().forEach(part -> addOptions(part.form(), found));
      case Form.Several several -> {
        if (several.least() != several.most()) {
          throw new IllegalArgumentException(
              "space '%s': %d to %d repetitions, expected a number that is fixed"
                  .formatted(name(), several.least(), several.most()));
        }
        for (int i = 0; i < several.most(); i++) {
          addOptions(several.each(), found);
        }
      }
    }
  }

  @Override
  public List<Integer> options() {
    return options;
  }

  @Override
  public int[] choices(Decision architecture) {
    List<Integer> choices = new ArrayList<>();
    addChoices(architecture, choices);
    return choices.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void addChoices(Decision decision, List<Integer> choices) {
    switch (decision) {
      case Decision.Fixed _ -> {}
      case Decision.OneOf taken -> choices.add(taken.option());
      case Decision.AllOf all -> all.parts().forEach(part -> addChoices(part, choices));
      case Decision.Several several -> several.each().forEach(each -> addChoices(each, choices));
    }
  }

  @Override
  public Decision ofChoices(int[] choices) {
    List<Integer> left = new ArrayList<>();
    for (int choice : choices) {
      left.add(choice);
    }
    return decided(form(), left);
  }

  /** The decision that takes the next choices, which are then gone. */
  private static Decision decided(Form form, List<Integer> left) {
    return switch (form) {
      case Form.Fixed _ -> new Decision.Fixed();
      case Form.OneOf _ -> new Decision.OneOf(left.removeFirst(), new Decision.Fixed());
      case Form.AllOf all ->
          new Decision.AllOf(all.parts().stream().map(part -> decided(part.form(), left)).toList());
      case Form.Several several -> {
        List<Decision> each = new ArrayList<>();
        for (int i = 0; i < several.most(); i++) {
          each.add(decided(several.each(), left));
        }
        yield new Decision.Several(each);
      }
    };
  }
}
