package espalier.core.compose;

import espalier.core.random.Draws;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What lies one change from a decision, and between two. */
final class Changes {
  /*
   * One change is another option at one choice, only the options beside it where they are ordered,
   * or one repetition more or less. What is below an option stays where the other option asks the
   * same; otherwise neighbours take the first way to decide it and mutations a random one.
   */
  private Changes() {}

  /** All decisions one change away, in a fixed order, none twice. */
  static List<Decision> neighbours(Form form, Decision decision) {
    Set<Decision> found = new LinkedHashSet<>();
    addNeighbours(form, decision, found);
    found.remove(decision);
    return List.copyOf(found);
  }

  private static void addNeighbours(Form form, Decision decision, Set<Decision> found) {
    switch (form) {
      case Form.Fixed _ -> {}
      case Form.OneOf choice -> {
        var taken = (Decision.OneOf) decision;
        for (int other : others(choice, taken.option())) {
          found.add(moved(choice, taken, other, below -> Ranking.at(below, BigInteger.ZERO)));
        }
        Form below = choice.options().get(taken.option()).below();
        for (Decision changed : neighbours(below, taken.below())) {
          found.add(new Decision.OneOf(taken.option(), changed));
        }
      }
      case Form.AllOf all -> {
        List<Decision> parts = ((Decision.AllOf) decision).parts();
        for (int i = 0; i < parts.size(); i++) {
          for (Decision changed : neighbours(all.parts().get(i).form(), parts.get(i))) {
            found.add(new Decision.AllOf(with(parts, i, changed)));
          }
        }
      }
      case Form.Several several -> {
        List<Decision> each = ((Decision.Several) decision).each();
        for (int i = 0; i < each.size(); i++) {
          for (Decision changed : neighbours(several.each(), each.get(i))) {
            found.add(new Decision.Several(with(each, i, changed)));
          }
        }
        for (int i = 0; i < each.size() && each.size() > several.least(); i++) {
          found.add(new Decision.Several(without(each, i)));
        }
        if (each.size() < several.most()) {
          if (each.isEmpty()) {
            Decision first = Ranking.at(several.each(), BigInteger.ZERO);
            found.add(new Decision.Several(List.of(first)));
          }
          for (int i = 0; i < each.size(); i++) {
            found.add(new Decision.Several(inserted(each, i, each.get(i))));
          }
        }
      }
    }
  }

  /** A decision one change away, the place of the change drawn uniformly, then the change. */
  static Decision mutate(Form form, Decision decision, Draws draws) {
    int places = places(form, decision);
    if (places == 0) {
      throw new IllegalArgumentException("mutation: there is nothing to decide");
    }
    return mutate(form, decision, draws.below(places), draws);
  }

  /** In how many places a decision can change. */
  private static int places(Form form, Decision decision) {
    return switch (form) {
      case Form.Fixed _ -> 0;
      case Form.OneOf choice -> {
        var taken = (Decision.OneOf) decision;
        int here = choice.options().size() > 1 ? 1 : 0;
        yield here + places(choice.options().get(taken.option()).below(), taken.below());
      }
      case Form.AllOf all -> {
        int places = 0;
        List<Decision> parts = ((Decision.AllOf) decision).parts();
        for (int i = 0; i < parts.size(); i++) {
          places += places(all.parts().get(i).form(), parts.get(i));
        }
        yield places;
      }
      case Form.Several several -> {
        int places = several.least() < several.most() ? 1 : 0;
        for (Decision each : ((Decision.Several) decision).each()) {
          places += places(several.each(), each);
        }
        yield places;
      }
    };
  }

  private static Decision mutate(Form form, Decision decision, int place, Draws draws) {
    return switch (form) {
      case Form.Fixed _ -> throw new IllegalStateException("mutation: nothing changes here");
      case Form.OneOf choice -> {
        var taken = (Decision.OneOf) decision;
        int here = choice.options().size() > 1 ? 1 : 0;
        if (place < here) {
          List<Integer> others = others(choice, taken.option());
          int other = others.get(draws.below(others.size()));
          yield moved(choice, taken, other, below -> sample(below, draws));
        }
        Form below = choice.options().get(taken.option()).below();
        yield new Decision.OneOf(taken.option(), mutate(below, taken.below(), place - here, draws));
      }
      case Form.AllOf all -> {
        List<Form> forms = all.parts().stream().map(Form.Part::form).toList();
        yield new Decision.AllOf(
            mutateOne(forms, ((Decision.AllOf) decision).parts(), place, draws));
      }
      case Form.Several several -> {
        List<Decision> each = ((Decision.Several) decision).each();
        int here = several.least() < several.most() ? 1 : 0;
        if (place < here) {
          yield resized(several, each, draws);
        }
        List<Form> forms = each.stream().map(_ -> several.each()).toList();
        yield new Decision.Several(mutateOne(forms, each, place - here, draws));
      }
    };
  }

  /** The row in which the decision that holds this place has changed. */
  private static List<Decision> mutateOne(
      List<Form> forms, List<Decision> row, int place, Draws draws) {
    int left = place;
    for (int i = 0; i < row.size(); i++) {
      int places = places(forms.get(i), row.get(i));
      if (left < places) {
        return with(row, i, mutate(forms.get(i), row.get(i), left, draws));
      }
      left -= places;
    }
    throw new IllegalStateException("mutation: place %d is not in the row".formatted(place));
  }

  private static Decision resized(Form.Several several, List<Decision> each, Draws draws) {
    boolean canShrink = each.size() > several.least();
    boolean canGrow = each.size() < several.most();
    if (canGrow && (!canShrink || draws.coin())) {
      int at = draws.below(each.size() + 1);
      return new Decision.Several(inserted(each, at, sample(several.each(), draws)));
    }
    return new Decision.Several(without(each, draws.below(each.size())));
  }

  /** A child that takes each decision from one of its parents, where both had to decide it. */
  static Decision cross(Form form, Decision mother, Decision father, Draws draws) {
    return switch (form) {
      case Form.Fixed _ -> mother;
      case Form.OneOf choice -> {
        var one = (Decision.OneOf) mother;
        var other = (Decision.OneOf) father;
        if (one.option() != other.option()) {
          yield draws.coin() ? mother : father;
        }
        Form below = choice.options().get(one.option()).below();
        yield new Decision.OneOf(one.option(), cross(below, one.below(), other.below(), draws));
      }
      case Form.AllOf all -> {
        List<Decision> ones = ((Decision.AllOf) mother).parts();
        List<Decision> others = ((Decision.AllOf) father).parts();
        List<Decision> parts = new ArrayList<>();
        for (int i = 0; i < ones.size(); i++) {
          parts.add(cross(all.parts().get(i).form(), ones.get(i), others.get(i), draws));
        }
        yield new Decision.AllOf(parts);
      }
      case Form.Several several -> {
        List<Decision> ones = ((Decision.Several) mother).each();
        List<Decision> others = ((Decision.Several) father).each();
        List<Decision> longest = draws.coin() ? ones : others;
        List<Decision> each = new ArrayList<>();
        for (int i = 0; i < longest.size(); i++) {
          boolean both = i < ones.size() && i < others.size();
          each.add(
              both ? cross(several.each(), ones.get(i), others.get(i), draws) : longest.get(i));
        }
        yield new Decision.Several(each);
      }
    };
  }

  /** A decision drawn uniformly. */
  static Decision sample(Form form, Draws draws) {
    return Ranking.at(form, draws.below(form.size()));
  }

  private static List<Integer> others(Form.OneOf choice, int option) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < choice.options().size(); i++) {
      if (i != option && (!choice.ordered() || Math.abs(i - option) == 1)) {
        others.add(i);
      }
    }
    return others;
  }

  private static Decision moved(
      Form.OneOf choice, Decision.OneOf taken, int other, Function<Form, Decision> anew) {
    Form before = choice.options().get(taken.option()).below();
    Form after = choice.options().get(other).below();
    return new Decision.OneOf(other, after.equals(before) ? taken.below() : anew.apply(after));
  }

  private static List<Decision> with(List<Decision> row, int index, Decision decision) {
    List<Decision> copy = new ArrayList<>(row);
    copy.set(index, decision);
    return copy;
  }

  private static List<Decision> without(List<Decision> row, int index) {
    List<Decision> copy = new ArrayList<>(row);
    copy.remove(index);
    return copy;
  }

  private static List<Decision> inserted(List<Decision> row, int index, Decision decision) {
    List<Decision> copy = new ArrayList<>(row);
    copy.add(index, decision);
    return copy;
  }
}
