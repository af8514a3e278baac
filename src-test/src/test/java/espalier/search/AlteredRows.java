package espalier.search;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.nn.Network;
import espalier.core.random.Philox;
import espalier.core.space.Categorical;
import java.util.List;

/** A composed space that tells of choices that do not come up what it should not. */
record AlteredRows(ComposedSpace<?> space, Alteration alteration) implements Categorical<Decision> {

  /** What is told. */
  enum Alteration {
    /** Such choices took any option, another each time an architecture differs. */
    NOISE,
    /** Such choices come up. */
    ALL_ACTIVE
  }

  @Override
  public int[] choices(Decision architecture) {
    int[] choices = space.choices(architecture);
    if (alteration == Alteration.NOISE) {
      boolean[] active = space.active(choices);
      Philox noise = Philox.of(space.rank(architecture).longValue(), "noise");
      for (int i = 0; i < choices.length; i++) {
        choices[i] = active[i] ? choices[i] : noise.below(i, space.options().get(i));
      }
    }
    return choices;
  }

  @Override
  public boolean[] active(int[] choices) {
    return alteration == Alteration.ALL_ACTIVE
        ? Categorical.super.active(choices)
        : space.active(choices);
  }

  @Override
  public List<Integer> options() {
    return space.options();
  }

  @Override
  public Decision ofChoices(int[] choices) {
    return space.ofChoices(choices);
  }

  @Override
  public String name() {
    return space.name();
  }

  @Override
  public Size size() {
    return space.size();
  }

  @Override
  public Decision sample(Philox random) {
    return space.sample(random);
  }

  @Override
  public String canonical(Decision architecture) {
    return space.canonical(architecture);
  }

  @Override
  public String print(Decision architecture) {
    return space.print(architecture);
  }

  @Override
  public Decision parse(String text) {
    return space.parse(text);
  }

  @Override
  public Network model(Decision architecture, int classes) {
    return space.model(architecture, classes);
  }
}
