package espalier.core.study;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a search or a training may take. */
public sealed interface Budget {

  /** Passes through the training images. */
  record Epochs(long count) implements Budget {
    @Override
    public String toString() {
      return count + "epochs";
    }
  }

  /** Mini-batches. */
  record Steps(long count) implements Budget {
    @Override
    public String toString() {
      return count + "steps";
    }
  }

  /**
   * Candidates that a search trains in full, or as much of more of them, however many steps each
   * has.
   */
  record Trials(long count) implements Budget {
    @Override
    public String toString() {
      return count + "trials";
    }
  }

  /** Wall-clock time of a whole command; measured and turned into steps once. */
  record Time(Duration limit) implements Budget {
    @Override
    public String toString() {
      return limit.toSeconds() + "s";
    }
  }

  /** Steps of this budget, where it needs no clock. */
  static long steps(Budget budget, int stepsPerEpoch) {
    return switch (budget) {
      case Epochs(long count) -> Math.multiplyExact(count, stepsPerEpoch);
      case Steps(long count) -> count;
      case Trials trials ->
          throw new IllegalArgumentException(
              "budget: found %s, which only searches have; expected epochs, steps or a time"
                  .formatted(trials));
      case Time time ->
          throw new IllegalArgumentException("budget " + time + " has to be measured first");
    };
  }

  /**
   * Parses {@code 200epochs}, {@code 5000steps}, {@code 90s}, {@code 10m} or {@code 2h}.
   *
   * @throws IllegalArgumentException naming what was found and what is understood
   */
  static Budget parse(String text) {
    Matcher matcher =
        Pattern.compile("(\\d{1,12})\\s*(epochs?|steps?|s|m|h)")
            .matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "budget: found '%s', expected for example 10epochs, 5000steps, 90s, 10m or 2h"
              .formatted(text));
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "epoch", "epochs" -> new Epochs(count);
      case "step", "steps" -> new Steps(count);
      case "s" -> new Time(Duration.ofSeconds(count));
      case "m" -> new Time(Duration.ofMinutes(count));
      default -> new Time(Duration.ofHours(count));
    };
  }
}
