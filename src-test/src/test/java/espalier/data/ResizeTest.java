package espalier.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.io.ImageSpec;
import espalier.core.io.Resize;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ResizeTest {

  @Property(seed = "1", tries = 200)
  void anImageOfOneColourKeepsIt(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int newHeight,
      @ForAll @IntRange(min = 1, max = 40) int newWidth) {
    var spec = new ImageSpec(height, width, 3);
    var image = new float[spec.values()];
    Arrays.fill(image, 200f);
    var resize = new Resize(spec, newHeight, newWidth);
    assertThat(resize.target()).isEqualTo(new ImageSpec(newHeight, newWidth, 3));
    // Weights sum to 1 up to a rounding each: at most 81 of them along an axis.
    for (float value : resize.apply(image)) {
      assertThat(value).isCloseTo(200f, within(200f * 2 * 81 * 0x1p-23f));
    }
  }

  @Test
  void theSameSizeChangesNothing() {
    float[] image = {1, 2, 3, 4, 5, 6};
    assertThat(new Resize(new ImageSpec(2, 3, 1), 2, 3).apply(image)).isEqualTo(image);
  }

  @Test
  void enlargingARowInterpolatesBetweenPixelCentres() {
    float[] image = {0, 8};
    assertThat(new Resize(new ImageSpec(1, 2, 1), 1, 4).apply(image)).containsExactly(0, 2, 6, 8);
  }

  @Test
  void shrinkingAveragesFinePatterns() {
    var stripes = new float[16];
    for (int i = 0; i < 16; i++) {
      stripes[i] = i % 2 * 100;
    }
    float[] halved = new Resize(new ImageSpec(1, 16, 1), 1, 8).apply(stripes);
    // Away from the edges the triangle weighs 1, 3, 3, 1: both colours alike.
    assertThat(Arrays.copyOfRange(halved, 1, 7)).containsOnly(50f);
  }

  @Test
  void heightAndWidthAreNotConfused() {
    float[] image = {0, 0, 8, 8};
    assertThat(new Resize(new ImageSpec(2, 2, 1), 4, 2).apply(image))
        .containsExactly(0, 0, 2, 2, 6, 6, 8, 8);
    assertThatThrownBy(() -> new Resize(new ImageSpec(2, 2, 1), 4, 2).apply(new float[3]))
        .hasMessage("an image of 2x2x1 has 4 values, found 3");
  }
}
