package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Ref;
import java.util.List;

/** Compares what backends make of a case. */
final class Agreement {
  private Agreement() {}

  /** What the reference leaves in {@code output}. */
  static double[] reference(KernelCase kernelCase, Ref output) {
    try (Backend reference = Backends.open("reference", BackendOptions.threads(1))) {
      return Numbers.of(kernelCase.runOn(reference).get(output.id()));
    }
  }

  /**
   * Asserts that {@code backend} writes what the reference writes, within the case's bound, and
   * nothing else.
   */
  static void assertMatchesReference(Backend backend, KernelCase kernelCase) {
    List<HostData> actual = kernelCase.runOn(backend);
    List<HostData> expected;
    try (Backend reference = Backends.open("reference", BackendOptions.threads(1))) {
      expected = kernelCase.runOn(reference);
    }
    for (Ref ref : kernelCase.program().results()) {
      if (kernelCase.written().contains(ref)) {
        double[] values = Numbers.of(expected.get(ref.id()));
        double[] tolerances = kernelCase.bound().of(kernelCase, ref, values);
        assertWithin(Numbers.of(actual.get(ref.id())), values, tolerances, ref, kernelCase);
      } else if (!kernelCase.free().contains(ref)) {
        assertThat(Numbers.bits(actual.get(ref.id())))
            .as("%s must leave buffer %d alone", kernelCase, ref.id())
            .isEqualTo(Numbers.bits(kernelCase.initial(ref)));
      }
    }
  }

  /** Asserts that both leave the same bits everywhere but in scratch memory. */
  static void assertSameBits(KernelCase kernelCase, Backend one, Backend other) {
    List<HostData> left = kernelCase.runOn(one);
    List<HostData> right = kernelCase.runOn(other);
    for (Ref ref : kernelCase.program().results()) {
      if (!kernelCase.free().contains(ref)) {
        assertThat(Numbers.bits(right.get(ref.id())))
            .as(
                "%s: buffer %d of %s must equal that of %s",
                kernelCase, ref.id(), other.description(), one.description())
            .isEqualTo(Numbers.bits(left.get(ref.id())));
      }
    }
  }

  private static void assertWithin(
      double[] actual, double[] expected, double[] tolerances, Ref ref, KernelCase kernelCase) {
    assertThat(actual).as("%s: buffer %d", kernelCase, ref.id()).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      if (!isWithin(actual[i], expected[i], tolerances[i])) {
        throw new AssertionError(
            "%s: buffer %d holds %s at %d, expected %s within %s"
                .formatted(kernelCase, ref.id(), actual[i], i, expected[i], tolerances[i]));
      }
    }
  }

  private static boolean isWithin(double actual, double expected, double tolerance) {
    if (tolerance == Double.POSITIVE_INFINITY) {
      return true;
    }
    boolean finite = Float.isFinite((float) expected);
    if (!finite && Double.isNaN(tolerance)) {
      return !Float.isFinite((float) actual);
    }
    if (!finite || tolerance == 0) {
      return Float.floatToIntBits((float) actual) == Float.floatToIntBits((float) expected);
    }
    return Math.abs(actual - expected) <= tolerance;
  }
}
