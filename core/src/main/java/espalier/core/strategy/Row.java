package espalier.core.strategy;

import espalier.core.space.Categorical;

/**
 * The choices of an architecture.
 *
 * @param active which decisions come up; what the others took says nothing
 */
record Row(int[] choices, boolean[] active) {

  static Row ofChoices(Categorical<?> space, int[] choices) {
    return new Row(choices, space.active(choices));
  }

  static <A> Row of(Categorical<A> space, A architecture) {
    return ofChoices(space, space.choices(architecture));
  }
}
