package espalier.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.compare.Sample;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The statistics of comparisons against printed tables and closed forms. */
final class StatisticsTest {

  @Test
  void meanAndDeviationAreThoseOfSamples() {
    Sample sample = new Sample(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(sample.mean()).isEqualTo(5);
    assertThat(sample.deviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-15));
    assertThat(new Sample(3).margin()).isZero();
    assertThatThrownBy(Sample::new).hasMessageContaining("summary");
  }

  /** A sample of n numbers with mean 0 and deviation √n, whose margin is the quantile itself. */
  private static Sample unitError(int n) {
    double[] values = IntStream.range(0, n).mapToDouble(i -> i - (n - 1) / 2.0).toArray();
    double scale = Math.sqrt(n) / new Sample(values).deviation();
    return new Sample(Arrays.stream(values).map(v -> v * scale).toArray());
  }

  @Test
  void marginsAreTheQuantilesOfPrintedTables() {
    assertThat(unitError(2).margin()).isCloseTo(12.7062, within(5e-5));
    assertThat(unitError(3).margin()).isCloseTo(4.30265, within(5e-6));
    assertThat(unitError(11).margin()).isCloseTo(2.22814, within(5e-6));
    assertThat(unitError(31).margin()).isCloseTo(2.04227, within(5e-6));
    assertThat(unitError(121).margin()).isCloseTo(1.97993, within(5e-6));
  }

  /** The chance of a value beyond t: of 1 degree 1 - 2 atan(t)/π, of 2 degrees 1 - t/√(t² + 2). */
  @Test
  void chancesAreThoseOfClosedForms() {
    for (double t : new double[] {0.01, 0.5, 1, 2, 5, 40}) {
      assertThat(chance(2, t)).isCloseTo(1 - 2 * Math.atan(t) / Math.PI, within(1e-13));
      assertThat(chance(3, t)).isCloseTo(1 - t / Math.sqrt(t * t + 2), within(1e-13));
    }
  }

  /** The chance that the paired test gives n differences whose mean is t standard errors. */
  private static double chance(int n, double t) {
    double[] differences = new double[n];
    double[] error = new double[n];
    for (int i = 0; i < n; i++) {
      error[i] = i - (n - 1) / 2.0;
    }
    double scale = Math.sqrt(n) / new Sample(error).deviation();
    for (int i = 0; i < n; i++) {
      differences[i] = t + scale * error[i];
    }
    return new Sample(differences).paired(new Sample(new double[n]));
  }

  @Test
  void pairsThatDoNotDifferAreCertainlyLuck() {
    Sample sample = new Sample(1, 2, 3);
    assertThat(sample.paired(sample)).isEqualTo(1);
    assertThat(sample.paired(new Sample(2, 3, 4))).isZero();
    assertThatThrownBy(() -> sample.paired(new Sample(1))).hasMessageContaining("3");
  }
}
