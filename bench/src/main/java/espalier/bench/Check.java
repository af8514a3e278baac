package espalier.bench;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.Map;

/** Nothing is timed before its answers were compared. */
public final class Check {
  private Check() {}

  /**
   * Compares the small form of a work on {@code backend} with the reference.
   *
   * @throws IllegalStateException if they differ by more than rounding explains
   */
  public static void againstReference(Work work, Backend backend) {
    Work small = work.small();
    try (Backend reference = Backends.open("reference", BackendOptions.threads(1));
        Job ours = small.open(backend);
        Job theirs = small.open(reference)) {
      equal(small, backend.name(), answers(ours), reference.name(), answers(theirs));
    }
  }

  /**
   * What a fresh job answers the second time: that starts from what the first run has left, so
   * updates are compared too.
   */
  public static Map<String, float[]> answers(Job fresh) {
    fresh.run();
    return fresh.answers();
  }

  /**
   * Compares the answers of two engines.
   *
   * @throws IllegalStateException if they differ by more than rounding explains
   */
  public static void equal(
      Work work,
      String name,
      Map<String, float[]> answers,
      String otherName,
      Map<String, float[]> others) {
    if (!answers.keySet().equals(others.keySet())) {
      throw new IllegalStateException(
          "%s: %s answers %s, %s answers %s"
              .formatted(work.label(), name, answers.keySet(), otherName, others.keySet()));
    }
    answers.forEach((answer, values) -> {
      double difference = difference(values, others.getOrDefault(answer, new float[0]));
      double tolerance = work.tolerance(answer);
      if (!(difference <= tolerance)) {
        throw new IllegalStateException(
            "%s: '%s' of %s differs from that of %s by %.2e of its norm, expected at most %.2e"
                .formatted(work.label(), answer, name, otherName, difference, tolerance));
      }
    });
  }

  /** {@code ‖a − b‖ / ‖b‖}; infinite for other lengths, and where b is 0 and a is not. */
  private static double difference(float[] a, float[] b) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double distance = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      distance += Math.pow((double) a[i] - b[i], 2);
      norm += (double) b[i] * b[i];
    }
    return distance == 0 ? 0 : Math.sqrt(distance / norm);
  }
}
