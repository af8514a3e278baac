package espalier.core.compose;

import java.util.List;

/**
 * Decisions as numbers: for every choice that could come up a row of its options, 1 at the one
 * taken, all 0 where it did not come up; for repetitions a row of their possible counts, then each
 * of them up to the most.
 */
final class DecisionCode {
  private DecisionCode() {}

  static int length(Form form) {
    return switch (form) {
      case Form.Fixed _ -> 0;
      case Form.OneOf choice ->
          choice.options().size()
              + choice.options().stream().mapToInt(option -> length(option.below())).sum();
      case Form.AllOf all -> all.parts().stream().mapToInt(part -> length(part.form())).sum();
      case Form.Several several ->
          several.most() - several.least() + 1 + several.most() * length(several.each());
    };
  }

  /** Writes the code of a decision from {@code offset} into zeros. */
  static void write(Form form, Decision decision, float[] target, int offset) {
    switch (form) {
      case Form.Fixed _ -> {}
      case Form.OneOf choice -> {
        var taken = (Decision.OneOf) decision;
        target[offset + taken.option()] = 1;
        int at = offset + choice.options().size();
        for (int i = 0; i < taken.option(); i++) {
          at += length(choice.options().get(i).below());
        }
        write(choice.options().get(taken.option()).below(), taken.below(), target, at);
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
        target[offset + each.size() - several.least()] = 1;
        int at = offset + several.most() - several.least() + 1;
        for (Decision one : each) {
          write(several.each(), one, target, at);
          at += length(several.each());
        }
      }
    }
  }
}
