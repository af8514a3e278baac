package espalier.cli;

import espalier.core.io.ImageSpec;
import espalier.core.io.NearestName;
import espalier.core.study.Budget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From the words of the command line to values. */
final class Conversions {
  private static final Pattern IMAGE = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})");

  private Conversions() {}

  static void register(CommandLine commandLine) {
    commandLine
        .registerConverter(Budget.class, explained(Budget::parse))
        .registerConverter(ImageSpec.class, explained(Conversions::image))
        .registerConverter(SpaceName.class, named(SpaceName.values(), SpaceName::names))
        .registerConverter(Choice.Strategy.class, named(Choice.Strategy.values()))
        .registerConverter(Choice.Fidelity.class, named(Choice.Fidelity.values()))
        .registerConverter(Choice.Goals.class, Conversions::goals)
        .registerConverter(Choice.Order.class, named(Choice.Order.values()))
        .registerConverter(Choice.OptimizerName.class, named(Choice.OptimizerName.values()))
        .registerConverter(Choice.ScheduleName.class, named(Choice.ScheduleName.values()))
        .registerConverter(Choice.StemName.class, named(Choice.StemName.values()))
        .registerConverter(Choice.NetworkName.class, named(Choice.NetworkName.values()))
        .registerConverter(Choice.RepeatsName.class, named(Choice.RepeatsName.values()))
        .registerConverter(Choice.SplitName.class, named(Choice.SplitName.values()));
  }

  private static Choice.Goals goals(String text) throws Exception {
    List<Choice.Goal> goals = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      Choice.Goal goal = named(Choice.Goal.values()).convert(name.strip());
      if (goals.contains(goal)) {
        throw new TypeConversionException("names '%s' twice, expected once".formatted(goal));
      }
      goals.add(goal);
    }
    return new Choice.Goals(goals);
  }

  private static ImageSpec image(String text) {
    Matcher matcher = IMAGE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "found '%s', expected height x width x channels, for example 32x32x3".formatted(text));
    }
    return new ImageSpec(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  private static <T> ITypeConverter<T> explained(Function<String, T> conversion) {
    return text -> {
      try {
        return conversion.apply(text);
      } catch (IllegalArgumentException malformed) {
        throw new TypeConversionException(Failures.describe(malformed));
      }
    };
  }

  private static <E extends Enum<E>> ITypeConverter<E> named(E[] values) {
    return named(values, value -> List.of(value.toString()));
  }

  /** Finds a value by one of its names; an unknown name is answered with the nearest known one. */
  private static <E> ITypeConverter<E> named(E[] values, Function<E, List<String>> names) {
    return text -> {
      List<String> known = new ArrayList<>();
      for (E value : values) {
        if (names.apply(value).contains(text.toLowerCase(Locale.ROOT))) {
          return value;
        }
        known.addAll(names.apply(value));
      }
      throw new TypeConversionException(
          "'%s' is unknown, did you mean '%s'? Known are %s"
              .formatted(
                  text,
                  NearestName.of(text, known),
                  String.join(", ", Arrays.stream(values).map(Object::toString).toList())));
    };
  }
}
