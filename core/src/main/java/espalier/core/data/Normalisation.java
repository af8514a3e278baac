package espalier.core.data;

import java.util.Collections;
import java.util.List;

/**
 * Moves each channel to mean 0 and standard deviation 1, measured on training images.
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

  /*
   * Each image gives the mean and the sum of squared distances of its own channels; those are merged
   * one by one [Chan, Golub, LeVeque 1983]. Sums of squares would cancel where mean >> deviation.
   */
  /** Measures the images that weights are learnt from, and no others. */
  public static Normalisation of(TrainSplit split) {
    int channels = split.image().channels();
    int pixels = split.image().values() / channels;
    var values = new float[split.image().values()];
    var mean = new double[channels];
    var squares = new double[channels];
    for (int position = 0; position < split.size(); position++) {
      split.read(position, values, 0);
      for (int c = 0; c < channels; c++) {
        double imageMean = channelMean(values, c, channels);
        double distance = imageMean - mean[c];
        mean[c] += distance / (position + 1);
        squares[c] +=
            channelSquares(values, c, channels, imageMean)
                + distance * distance * pixels * position / (position + 1);
      }
    }
    var means = new Float[channels];
    var deviations = new Float[channels];
    for (int c = 0; c < channels; c++) {
      float deviation = (float) Math.sqrt(squares[c] / ((double) pixels * split.size()));
      means[c] = (float) mean[c];
      deviations[c] = deviation > 0 ? deviation : 1f;
    }
    return new Normalisation(List.of(means), List.of(deviations));
  }

  private static double channelMean(float[] values, int c, int channels) {
    double sum = 0;
    for (int i = c; i < values.length; i += channels) {
      sum += values[i];
    }
    return sum * channels / values.length;
  }

  private static double channelSquares(float[] values, int c, int channels, double mean) {
    double sum = 0;
    for (int i = c; i < values.length; i += channels) {
      sum += (values[i] - mean) * (values[i] - mean);
    }
    return sum;
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
