package espalier.kernels.cpu;

import java.util.List;
import java.util.OptionalInt;

/** The vector width asked for, free of any mention of the Vector API. */
final class VectorBits {
  /** System property that forces a width: 128, 256 or 512. */
  static final String PROPERTY = "espalier.vector.bits";

  private static final List<String> WIDTHS = List.of("128", "256", "512");

  private VectorBits() {}

  /**
   * The forced width in bits; empty where the machine's preferred width is to be used.
   *
   * @throws IllegalArgumentException if the property holds anything but a width
   */
  static OptionalInt forced() {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      return OptionalInt.empty();
    }
    if (!WIDTHS.contains(value)) {
      throw new IllegalArgumentException(
          "%s: found '%s', expected one of %s".formatted(PROPERTY, value, WIDTHS));
    }
    return OptionalInt.of(Integer.parseInt(value));
  }
}
