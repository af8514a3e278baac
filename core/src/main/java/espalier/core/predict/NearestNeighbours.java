package espalier.core.predict;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The mean of the nearest examples, each weighted by the inverse of its distance; examples at the
 * very place outweigh all others. Among equal distances the example given first is nearer.
 *
 * @param count how many neighbours; all if there are fewer
 */
public record NearestNeighbours(int count) implements Predictor<double[]> {
  public NearestNeighbours {
    if (count < 1) {
      throw new IllegalArgumentException(
          "nearest neighbours: %d of them, expected 1 or more".formatted(count));
    }
  }

  @Override
  public Fit<double[]> fit(List<double[]> inputs, double[] targets) {
    double[][] rows = Examples.rows(inputs, targets);
    double[] values = targets.clone();
    return input -> mean(rows, values, input);
  }

  private double mean(double[][] rows, double[] targets, double[] input) {
    Examples.requireLength(input, rows[0].length);
    double[] distances = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      distances[i] = Math.sqrt(RbfKernel.squaredDistance(rows[i], input));
    }
    int[] nearest =
        IntStream.range(0, rows.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> distances[i]))
            .limit(count)
            .mapToInt(Integer::intValue)
            .toArray();
    boolean met = distances[nearest[0]] == 0;
    double sum = 0;
    double weights = 0;
    for (int i : nearest) {
      double weight = met ? (distances[i] == 0 ? 1 : 0) : 1 / distances[i];
      sum += weight * targets[i];
      weights += weight;
    }
    return sum / weights;
  }
}
