package espalier.core.compose;

import java.util.ArrayList;
import java.util.List;

/**
 * Decisions as a row of choices, in which every choice that could come up has its place: an option,
 * then the places below each of the options in turn; how many repetitions where that is to be
 * decided, then the places of each of them up to the most. So what a choice depends on lies before
 * it. Places whose choice does not come up hold 0 and are not read.
 */
final class DecisionRow {
  private DecisionRow() {}

  /** How many options each place has. */
  static List<Integer> options(Form form) {
    List<Integer> options = new ArrayList<>();
    addOptions(form, options);
    return List.copyOf(options);
  }

  private static void addOptions(Form form, List<Integer> options) {
    switch (form) {
      case Form.Fixed _ -> {}
      case Form.OneOf choice -> {
        options.add(choice.options().size());
        choice.options().forEach(option -> addOptions(option.below(), options));
      }
      case Form.AllOf all -> all.parts().forEach(part -> addOptions(part.form(), options));
      case Form.Several several -> {
        if (counts(several) == 1) {
          options.add(several.most() - several.least() + 1);
        }
        for (int i = 0; i < several.most(); i++) {
          addOptions(several.each(), options);
        }
      }
    }
  }

  private static int length(Form form) {
    return switch (form) {
      case Form.Fixed _ -> 0;
      case Form.OneOf choice ->
          1 + choice.options().stream().mapToInt(option -> length(option.below())).sum();
      case Form.AllOf all -> all.parts().stream().mapToInt(part -> length(part.form())).sum();
      case Form.Several several -> counts(several) + several.most() * length(several.each());
    };
  }

  /** How many places say how many repetitions there are. */
  private static int counts(Form.Several several) {
    return several.least() < several.most() ? 1 : 0;
  }

  /** Where the places below an option begin, if those of the choice begin at {@code offset}. */
  private static int below(Form.OneOf choice, int option, int offset) {
    int at = offset + 1;
    for (int i = 0; i < option; i++) {
      at += length(choice.options().get(i).below());
    }
    return at;
  }

  /** Writes the choices of a decision from {@code offset} into zeros. */
  static void write(Form form, Decision decision, int[] target, int offset) {
    switch (form) {
      case Form.Fixed _ -> {}
      case Form.OneOf choice -> {
        var taken = (Decision.OneOf) decision;
        target[offset] = taken.option();
        Form below = choice.options().get(taken.option()).below();
        write(below, taken.below(), target, below(choice, taken.option(), offset));
      }
      case Form.AllOf all -> {
        List<Decision> parts = ((Decision.AllOf) decision).parts();
        int at = offset;
        for (int i = 0; i < parts.size(); i++) {
          Form part = all.parts().get(i).form();
          write(part, parts.get(i), target, at);
          at += length(part);
        }
      }
      case Form.Several several -> {
        List<Decision> each = ((Decision.Several) decision).each();
        if (counts(several) == 1) {
          target[offset] = each.size() - several.least();
        }
        int at = offset + counts(several);
        for (Decision one : each) {
          write(several.each(), one, target, at);
          at += length(several.each());
        }
      }
    }
  }

  /** The decision whose choices lie from {@code offset}; marks the places it was read from. */
  static Decision read(Form form, int[] choices, int offset, boolean[] active) {
    return switch (form) {
      case Form.Fixed _ -> new Decision.Fixed();
      case Form.OneOf choice -> {
        active[offset] = true;
        int option = choices[offset];
        Form below = choice.options().get(option).below();
        int at = below(choice, option, offset);
        yield new Decision.OneOf(option, read(below, choices, at, active));
      }
      case Form.AllOf all -> {
        List<Decision> parts = new ArrayList<>();
        int at = offset;
        for (Form.Part part : all.parts()) {
          parts.add(read(part.form(), choices, at, active));
          at += length(part.form());
        }
        yield new Decision.AllOf(parts);
      }
      case Form.Several several -> {
        int count = several.least();
        if (counts(several) == 1) {
          active[offset] = true;
          count += choices[offset];
        }
        List<Decision> each = new ArrayList<>();
        int at = offset + counts(several);
        for (int i = 0; i < count; i++) {
          each.add(read(several.each(), choices, at, active));
          at += length(several.each());
        }
        yield new Decision.Several(each);
      }
    };
  }
}
