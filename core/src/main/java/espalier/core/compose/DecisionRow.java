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

  /**
   * When a choice comes up: where that of a place before it does and took an option from {@code
   * least} to {@code most}.
   *
   * @param above the place before it; less than 0 if the choice always comes up
   */
  record Condition(int above, int least, int most) {
    static final Condition ALWAYS = new Condition(-1, 0, 0);

    boolean holds(int[] choices, boolean[] active) {
      return above < 0 || (active[above] && choices[above] >= least && choices[above] <= most);
    }
  }

  /**
   * A place of the row.
   *
   * @param options how many there are
   */
  record Place(int options, Condition condition) {}

  /** All places, in order. */
  static List<Place> places(Form form) {
    List<Place> places = new ArrayList<>();
    addPlaces(form, Condition.ALWAYS, places);
    return List.copyOf(places);
  }

  /** Adds the places of a form that comes up when {@code when} does. */
  private static void addPlaces(Form form, Condition when, List<Place> places) {
    switch (form) {
      case Form.Fixed _ -> {}
      case Form.OneOf choice -> {
        int here = add(choice.options().size(), when, places);
        for (int i = 0; i < choice.options().size(); i++) {
          addPlaces(choice.options().get(i).below(), new Condition(here, i, i), places);
        }
      }
      case Form.AllOf all -> all.parts().forEach(part -> addPlaces(part.form(), when, places));
      case Form.Several several -> {
        int beyond = several.most() - several.least();
        int here = beyond == 0 ? when.above() : add(beyond + 1, when, places);
        for (int i = 0; i < several.most(); i++) {
          Condition each =
              i < several.least() ? when : new Condition(here, i - several.least() + 1, beyond);
          addPlaces(several.each(), each, places);
        }
      }
    }
  }

  /** The number of a new place. */
  private static int add(int options, Condition when, List<Place> places) {
    places.add(new Place(options, when));
    return places.size() - 1;
  }

  /** Which places come up in a row of choices. */
  static boolean[] active(List<Place> places, int[] choices) {
    boolean[] active = new boolean[choices.length];
    for (int i = 0; i < active.length; i++) {
      active[i] = places.get(i).condition().holds(choices, active);
    }
    return active;
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

  /** The decision whose choices lie from {@code offset}. */
  static Decision read(Form form, int[] choices, int offset) {
    return switch (form) {
      case Form.Fixed _ -> new Decision.Fixed();
      case Form.OneOf choice -> {
        int option = choices[offset];
        Form below = choice.options().get(option).below();
        int at = below(choice, option, offset);
        yield new Decision.OneOf(option, read(below, choices, at));
      }
      case Form.AllOf all -> {
        List<Decision> parts = new ArrayList<>();
        int at = offset;
        for (Form.Part part : all.parts()) {
          parts.add(read(part.form(), choices, at));
          at += length(part.form());
        }
        yield new Decision.AllOf(parts);
      }
      case Form.Several several -> {
        int count = several.least() + (counts(several) == 1 ? choices[offset] : 0);
        List<Decision> each = new ArrayList<>();
        int at = offset + counts(several);
        for (int i = 0; i < count; i++) {
          each.add(read(several.each(), choices, at));
          at += length(several.each());
        }
        yield new Decision.Several(each);
      }
    };
  }
}
