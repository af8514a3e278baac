package espalier.core.compose;

import java.math.BigInteger;
import java.util.List;

/** What there is to decide: a tree of choices. Immutable. */
public sealed interface Form {

  /** How many ways there are to decide all of it. */
  BigInteger size();

  /** Nothing to decide. */
  record Fixed() implements Form {
    @Override
    public BigInteger size() {
      return BigInteger.ONE;
    }
  }

  /**
   * One of several options, and what is to be decided below the one taken.
   *
   * @param ordered whether options are steps on a scale, so that those beside one are nearest to it
   */
  record OneOf(List<Option> options, boolean ordered) implements Form {
    public OneOf {
      options = List.copyOf(options);
      if (options.isEmpty()) {
        throw new IllegalArgumentException("choice: has no option, expected one or more");
      }
      Labels.requireDistinct("choice", options.stream().map(Option::label).toList());
    }

    @Override
    public BigInteger size() {
      return options.stream()
          .map(option -> option.below().size())
          .reduce(BigInteger.ZERO, BigInteger::add);
    }
  }

  /** A way to go, by its label, and what is to be decided then. */
  record Option(String label, Form below) {}

  /** Several things, each decided by itself. */
  record AllOf(List<Part> parts) implements Form {
    public AllOf {
      parts = List.copyOf(parts);
      Labels.requireDistinct("parts", parts.stream().map(Part::name).toList());
    }

    @Override
    public BigInteger size() {
      return parts.stream()
          .map(part -> part.form().size())
          .reduce(BigInteger.ONE, BigInteger::multiply);
    }
  }

  /** One of several things, by its name. */
  record Part(String name, Form form) {}

  /** The same decided several times over, and how many times. */
  record Several(int least, int most, Form each) implements Form {
    public Several {
      if (least < 0 || most < least) {
        throw new IllegalArgumentException(
            "repeat: %d to %d times, expected at least 0 and no fewer at most"
                .formatted(least, most));
      }
    }

    @Override
    public BigInteger size() {
      BigInteger size = BigInteger.ZERO;
      for (int count = least; count <= most; count++) {
        size = size.add(each.size().pow(count));
      }
      return size;
    }
  }
}
