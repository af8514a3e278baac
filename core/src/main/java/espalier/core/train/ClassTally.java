package espalier.core.train;

import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Counts how often each class was told and how often rightly; sums the cross-entropy. */
final class ClassTally implements Measure {
  private final int classes;
  private final List<Metric> metrics;
  private final long[] actual;
  private final long[] told;
  private final long[] right;
  private long rows;
  private double loss;

  ClassTally(int classes, List<Metric> metrics) {
    this.classes = classes;
    this.metrics = metrics;
    this.actual = new long[classes];
    this.told = new long[classes];
    this.right = new long[classes];
  }

  @Override
  public void add(float[] output, HostData target) {
    int[] labels = ((HostData.Ints) target).values();
    for (int row = 0; row < labels.length; row++) {
      int from = row * classes;
      int largest = largest(output, from);
      actual[labels[row]]++;
      told[largest]++;
      right[largest] += largest == labels[row] ? 1 : 0;
      loss += crossEntropy(output, from, largest, labels[row]);
    }
    rows += labels.length;
  }

  @Override
  public Score score() {
    SequencedMap<Metric, Double> values = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      values.put(
          metric,
          metric.equals(Metric.ACCURACY)
              ? accuracy()
              : metric.equals(Metric.MACRO_F1) ? macroF1() : loss / rows);
    }
    return new Score(values);
  }

  private double accuracy() {
    long correct = 0;
    for (long each : right) {
      correct += each;
    }
    return (double) correct / rows;
  }

  private double macroF1() {
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      // 2·precision·recall / (precision + recall), in counts.
      sum += right[c] == 0 ? 0 : 2.0 * right[c] / (told[c] + actual[c]);
    }
    return sum / classes;
  }

  private int largest(float[] values, int from) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  private double crossEntropy(float[] logits, int from, int largest, int label) {
    double most = logits[from + largest];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += StrictMath.exp(logits[from + c] - most);
    }
    return StrictMath.log(sum) + most - logits[from + label];
  }
}
