package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.kernels.spi.Pool2dGeometry;
import org.junit.jupiter.api.Test;

/** A mean or a maximum of no pixels does not exist. */
class PoolGeometryTest {
  private static Pool2dGeometry along(int in, int out, int kernel, int stride, int pad) {
    return new Pool2dGeometry(1, in, 4, 1, out, 4, kernel, 1, stride, 1, pad, 0);
  }

  @Test
  void windowsThatHoldOnePixelAreAccepted() {
    assertThat(along(3, 2, 2, 2, 1).outputElements()).isEqualTo(8);
    assertThat(along(1, 2, 3, 2, 2).outputElements()).isEqualTo(8);
  }

  @Test
  void aFirstWindowOfPaddingAloneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> along(3, 2, 2, 1, 2))
        .withMessage(
            "pool: of 2 windows of height 2 with stride 1 and padding 2 over 3 pixels one is empty,"
                + " expected a pixel in each");
  }

  @Test
  void aLastWindowBeyondTheImageIsRefusedOnEitherAxis() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> along(3, 4, 2, 1, 0))
        .withMessageContaining("4 windows of height 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pool2dGeometry(1, 4, 3, 1, 4, 3, 1, 2, 1, 2, 0, 0))
        .withMessageContaining("3 windows of width 2");
  }
}
