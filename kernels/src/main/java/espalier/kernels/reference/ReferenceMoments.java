package espalier.kernels.reference;

import espalier.kernels.spi.Call;

/** Mean and biased variance per channel, in two passes. */
final class ReferenceMoments {
  private ReferenceMoments() {}

  static void run(Call.Moments call, Operands operands) {
    int rows = call.rows();
    int channels = call.channels();
    DoubleCells x = operands.numbers(call.x(), rows * channels);
    DoubleCells means = operands.numbers(call.mean(), channels);
    DoubleCells variances = operands.numbers(call.variance(), channels);
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += x.get(row * channels + channel);
      }
      double mean = sum / rows;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        double deviation = x.get(row * channels + channel) - mean;
        squares += deviation * deviation;
      }
      means.set(channel, mean);
      variances.set(channel, squares / rows);
    }
  }
}
