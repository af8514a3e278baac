package espalier.core.compose;

import espalier.core.io.DataException;
import espalier.core.io.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Decisions as text: the label of an option, then what was decided below it, {@code (…)}; parts as
 * <code>{name: …, name: …}</code>; repetitions as {@code […, …]}. Nothing stands for nothing to
 * decide.
 */
final class DecisionText {
  private final String text;
  private int at;

  private DecisionText(String text) {
    this.text = text;
  }

  static String print(Form form, Decision decision) {
    return switch (form) {
      case Form.Fixed _ -> "";
      case Form.OneOf choice -> {
        var taken = (Decision.OneOf) decision;
        Form.Option option = choice.options().get(taken.option());
        String below = print(option.below(), taken.below());
        boolean isBracketed = option.below() instanceof Form.OneOf;
        yield option.label() + (isBracketed ? "(" + below + ")" : below);
      }
      case Form.AllOf all -> {
        List<Decision> parts = ((Decision.AllOf) decision).parts();
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
          Form.Part part = all.parts().get(i);
          printed.add(part.name() + ": " + print(part.form(), parts.get(i)));
        }
        yield printed.stream().collect(Collectors.joining(", ", "{", "}"));
      }
      case Form.Several several ->
          ((Decision.Several) decision)
              .each().stream()
                  .map(each -> print(several.each(), each))
                  .collect(Collectors.joining(", ", "[", "]"));
    };
  }

  /**
   * Reads what {@link #print} wrote.
   *
   * @throws DataException saying where the text is wrong and what was expected
   */
  static Decision parse(Form form, String text) {
    DecisionText reader = new DecisionText(text);
    Decision decision = reader.read(form);
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.error("the end");
    }
    return decision;
  }

  private Decision read(Form form) {
    return switch (form) {
      case Form.Fixed _ -> new Decision.Fixed();
      case Form.OneOf choice -> option(choice);
      case Form.AllOf all -> {
        List<Decision> parts = new ArrayList<>();
        expect("{");
        for (Form.Part part : all.parts()) {
          if (!parts.isEmpty()) {
            expect(",");
          }
          expect(part.name());
          expect(":");
          parts.add(read(part.form()));
        }
        expect("}");
        yield new Decision.AllOf(parts);
      }
      case Form.Several several -> repetitions(several);
    };
  }

  private Decision option(Form.OneOf choice) {
    skipSpace();
    int from = at;
    while (at < text.length() && Labels.mayHold(text.charAt(at))) {
      at++;
    }
    String label = text.substring(from, at);
    List<String> labels = choice.options().stream().map(Form.Option::label).toList();
    int option = labels.indexOf(label);
    if (option < 0) {
      at = from;
      throw label.isEmpty()
          ? error("one of " + String.join(", ", labels))
          : new DataException(
              "architecture: unknown option '%s' at %d; did you mean '%s'?"
                  .formatted(label, from + 1, NearestName.of(label, labels)));
    }
    Form below = choice.options().get(option).below();
    if (!(below instanceof Form.OneOf)) {
      return new Decision.OneOf(option, read(below));
    }
    expect("(");
    Decision decision = read(below);
    expect(")");
    return new Decision.OneOf(option, decision);
  }

  private Decision repetitions(Form.Several several) {
    List<Decision> each = new ArrayList<>();
    expect("[");
    while (!comes("]")) {
      if (!each.isEmpty()) {
        expect(",");
      }
      each.add(read(several.each()));
    }
    if (each.size() < several.least() || each.size() > several.most()) {
      throw new DataException(
          "architecture: %d repetitions before %d, expected %d to %d"
              .formatted(each.size(), at + 1, several.least(), several.most()));
    }
    expect("]");
    return new Decision.Several(each);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean comes(String wanted) {
    skipSpace();
    return text.startsWith(wanted, at);
  }

  private void expect(String wanted) {
    if (!comes(wanted)) {
      throw error("'" + wanted + "'");
    }
    at += wanted.length();
  }

  private DataException error(String wanted) {
    skipSpace();
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new DataException(
        "architecture: found %s at %d, expected %s".formatted(found, at + 1, wanted));
  }
}
