package espalier.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.predict.Cholesky;
import espalier.core.random.Philox;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Factors of symmetric matrices, and what they solve. */
final class CholeskyTest {

  @Test
  void factorsAreTheKnownOnes() {
    Cholesky cholesky = new Cholesky(new double[][] {{4}, {12, 37}, {-16, -43, 98}});
    double[][] factor = {{2}, {6, 1}, {-8, 5, 3}};
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j <= i; j++) {
        assertThat(cholesky.factor(i, j)).isEqualTo(factor[i][j]);
      }
    }
    assertThat(cholesky.logDeterminant()).isCloseTo(Math.log(36), within(1e-14));
    // A · (1, 2, 3) = (−20, −43, 192).
    assertThat(cholesky.solve(new double[] {-20, -43, 192}))
        .containsExactly(new double[] {1, 2, 3}, within(1e-12));
    assertThat(cholesky.inverseForm(new double[] {-20, -43, 192}))
        .isCloseTo(-20 - 2 * 43 + 3 * 192, within(1e-11));
  }

  /** With n added to the diagonal the condition is below 10, so residuals are of rounding size. */
  @Property(tries = 100, seed = "61")
  void solutionsSolve(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n) {
    double[][] a = new double[n][n];
    double[] b = new double[n];
    for (int i = 0; i < n; i++) {
      b[i] = Philox.of(seed, "b").normal(i);
      for (int j = 0; j <= i; j++) {
        double drawn = Philox.of(seed, "a").uniformDouble((long) i * n + j);
        a[i][j] = drawn;
        a[j][i] = drawn;
      }
      a[i][i] += n;
    }
    double[] x = new Cholesky(a).solve(b);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += a[i][j] * x[j];
      }
      assertThat(sum).isCloseTo(b[i], within(1e-13 * n));
    }
  }

  @Test
  void whatIsNotPositiveDefiniteIsRefused() {
    assertThatThrownBy(() -> new Cholesky(new double[][] {{1}, {2, 4}}))
        .hasMessage("Cholesky: pivot 1 is 0.0, expected a positive definite matrix");
  }
}
