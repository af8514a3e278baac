package espalier.core.data;

import espalier.core.io.Normalisation;
import java.util.List;

/** Mean and deviation of each channel over the images of a split. */
final class ChannelStatistics {
  /*
   * Each image gives the mean and the sum of squared distances of its own channels; those are merged
   * one by one [Chan, Golub, LeVeque 1983]. Sums of squares would cancel where mean >> deviation.
   */
  private final double[] mean;
  private final double[] squares;
  private final int pixels;
  private int images;

  private ChannelStatistics(int channels, int pixels) {
    this.mean = new double[channels];
    this.squares = new double[channels];
    this.pixels = pixels;
  }

  /** The normalisation that gives the images of {@code split} mean 0 and deviation 1. */
  static Normalisation normalisation(Split split) {
    int channels = split.image().channels();
    var statistics = new ChannelStatistics(channels, split.image().values() / channels);
    var values = new float[split.image().values()];
    for (int position = 0; position < split.size(); position++) {
      split.read(position, values, 0);
      statistics.add(values);
    }
    return statistics.normalisation();
  }

  private void add(float[] values) {
    for (int c = 0; c < mean.length; c++) {
      double imageMean = channelMean(values, c);
      double distance = imageMean - mean[c];
      mean[c] += distance / (images + 1);
      squares[c] +=
          channelSquares(values, c, imageMean)
              + distance * distance * pixels * images / (images + 1);
    }
    images++;
  }

  private double channelMean(float[] values, int c) {
    double sum = 0;
    for (int i = c; i < values.length; i += mean.length) {
      sum += values[i];
    }
    return sum / pixels;
  }

  private double channelSquares(float[] values, int c, double around) {
    double sum = 0;
    for (int i = c; i < values.length; i += mean.length) {
      sum += (values[i] - around) * (values[i] - around);
    }
    return sum;
  }

  private Normalisation normalisation() {
    var means = new Float[mean.length];
    var deviations = new Float[mean.length];
    for (int c = 0; c < mean.length; c++) {
      float deviation = (float) Math.sqrt(squares[c] / ((double) pixels * images));
      means[c] = (float) mean[c];
      deviations[c] = deviation > 0 ? deviation : 1f;
    }
    return new Normalisation(List.of(means), List.of(deviations));
  }
}
