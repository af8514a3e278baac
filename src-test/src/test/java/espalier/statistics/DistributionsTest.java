package espalier.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.statistics.NormalDistribution;
import espalier.core.statistics.StudentDistribution;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The normal and Student's distribution against tables and closed forms. */
final class DistributionsTest {

  @ParameterizedTest
  @CsvSource({
    "0,0.5",
    "1,0.8413447460685429",
    "-1,0.15865525393145705",
    "2.5,0.9937903346742238",
    "-3,0.0013498980316300946",
    "-5,2.866515718791939e-7",
    "-10,7.619853024160526e-24",
  })
  void normalProbabilitiesAreThoseOfTables(double x, double probability) {
    assertThat(NormalDistribution.cumulative(x))
        .isCloseTo(probability, within(4e-15 * Math.max(probability, 1e-3) + 1e-11 * probability));
  }

  @Property(tries = 300, seed = "21")
  void normalQuantilesAreTheInverse(@ForAll @DoubleRange(min = -8, max = 8) double x) {
    double p = NormalDistribution.cumulative(x);
    if (p < 1) {
      // One rounding of p moves the quantile by ulp(p) over the density.
      double tolerance = 1e-11 + 4 * Math.ulp(p) / NormalDistribution.density(x);
      assertThat(NormalDistribution.quantile(p)).isCloseTo(x, within(tolerance));
    }
  }

  @Test
  void normalQuantilesAreThoseOfTables() {
    assertThat(NormalDistribution.quantile(0.975)).isCloseTo(1.959963984540054, within(1e-14));
    assertThat(NormalDistribution.quantile(0.5)).isCloseTo(0, within(1e-15));
    assertThat(NormalDistribution.quantile(1e-300)).isCloseTo(-37.0471, within(5e-5));
  }

  @ParameterizedTest
  @CsvSource({
    "1,12.706",
    "2,4.303",
    "5,2.571",
    "10,2.228",
    "30,2.042",
    "120,1.980",
    "499,1.965",
  })
  void studentQuantilesAreThoseOfTables(int freedom, double quantile) {
    StudentDistribution student = new StudentDistribution(freedom);
    assertThat(student.quantile(0.975)).isCloseTo(quantile, within(5e-4));
    assertThat(student.quantile(0.025)).isCloseTo(-quantile, within(5e-4));
    assertThat(student.twoSided(student.quantile(0.975))).isCloseTo(0.05, within(1e-12));
  }

  /** ½ + arctan(t)/π, ½ + t/(2√(2 + t²)), and the third from their recurrence. */
  @Property(tries = 200, seed = "22")
  void studentProbabilitiesAreTheClosedForms(@ForAll @DoubleRange(min = -50, max = 50) double t) {
    assertThat(new StudentDistribution(1).cumulative(t))
        .isCloseTo(0.5 + Math.atan(t) / Math.PI, within(1e-14));
    assertThat(new StudentDistribution(2).cumulative(t))
        .isCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), within(1e-14));
    double u = t / Math.sqrt(3);
    assertThat(new StudentDistribution(3).cumulative(t))
        .isCloseTo(0.5 + (u / (1 + u * u) + Math.atan(u)) / Math.PI, within(1e-14));
  }

  @Property(tries = 100, seed = "23")
  void manyDegreesOfFreedomAreNormal(
      @ForAll @DoubleRange(min = -4, max = 4) double t, @ForAll @IntRange(max = 1) int odd) {
    assertThat(new StudentDistribution(100_000 + odd).cumulative(t))
        .isCloseTo(NormalDistribution.cumulative(t), within(1e-5));
  }
}
