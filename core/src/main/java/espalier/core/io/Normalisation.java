package espalier.core.io;

import java.util.Collections;
import java.util.List;

/**
 * Moves each channel to mean 0 and standard deviation 1, as measured on the images that weights
 * were learnt from.
 *
 * @param mean of each channel
 * @param deviation the standard deviation of each channel; 1 where the channel is constant
 */
public record Normalisation(List<Float> mean, List<Float> deviation) {
  public Normalisation {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size() || mean.isEmpty()) {
      throw new IllegalArgumentException(
          "normalisation has %d means and %d deviations; it needs one of each per channel"
              .formatted(mean.size(), deviation.size()));
    }
    for (int c = 0; c < mean.size(); c++) {
      if (!Float.isFinite(mean.get(c))
          || !(deviation.get(c) > 0 && Float.isFinite(deviation.get(c)))) {
        throw new IllegalArgumentException(
            "channel %d has mean %s and deviation %s; they must be finite, deviations positive"
                .formatted(c, mean.get(c), deviation.get(c)));
      }
    }
  }

  /** Leaves every value as it is. */
  public static Normalisation identity(int channels) {
    return new Normalisation(Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
  }

  /** Normalises {@code count} values in place; they hold whole pixels, channels last. */
  public void apply(float[] values, int offset, int count) {
    int channels = mean.size();
    if (count % channels != 0) {
      throw new IllegalArgumentException(
          "%d values are not whole pixels of %d channels".formatted(count, channels));
    }
    for (int c = 0; c < channels; c++) {
      float centre = mean.get(c);
      float scale = deviation.get(c);
      for (int i = offset + c; i < offset + count; i += channels) {
        values[i] = (values[i] - centre) / scale;
      }
    }
  }
}
