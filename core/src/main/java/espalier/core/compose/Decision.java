package espalier.core.compose;

import java.util.List;

/** What was decided, in the shape of the {@link Form} that asked. Immutable. */
public sealed interface Decision {

  /** Of nothing. */
  record Fixed() implements Decision {}

  /** Option number {@code option}, and what was decided below it. */
  record OneOf(int option, Decision below) implements Decision {}

  /** Of each part, in order. */
  record AllOf(List<Decision> parts) implements Decision {
    public AllOf {
      parts = List.copyOf(parts);
    }
  }

  /** Of each repetition, in order. */
  record Several(List<Decision> each) implements Decision {
    public Several {
      each = List.copyOf(each);
    }
  }
}
