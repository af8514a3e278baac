package espalier.core.nn;

import java.util.List;

/**
 * What a model takes an image for.
 *
 * @param label the most probable class, the first of equals
 * @param index its position among the model's labels
 * @param probability its probability
 * @param probabilities of all classes, in the order of the labels
 */
public record Classification(
    String label, int index, double probability, List<Double> probabilities) {
  public Classification {
    probabilities = List.copyOf(probabilities);
  }

  /** The classification with the softmax of {@code logits} as probabilities. */
  static Classification of(List<String> labels, float[] logits) {
    int index = 0;
    for (int c = 1; c < logits.length; c++) {
      if (logits[c] > logits[index]) {
        index = c;
      }
    }
    double[] exponentials = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      exponentials[c] = StrictMath.exp((double) logits[c] - logits[index]);
      sum += exponentials[c];
    }
    Double[] probabilities = new Double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      probabilities[c] = exponentials[c] / sum;
    }
    return new Classification(
        labels.get(index), index, probabilities[index], List.of(probabilities));
  }
}
