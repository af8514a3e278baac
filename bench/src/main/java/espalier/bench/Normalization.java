package espalier.bench;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Layer;
import espalier.core.tensor.Shape;

/**
 * Batch normalisation without scale and shift, as cells have it while they are searched, of 32×32
 * pixels of 16 channels: batch statistics, running averages, forward and backward.
 */
public record Normalization(int batch) implements LayerRow {
  private static final Shape IMAGE = Shape.of(1, 32, 32, 16);
  private static final int SMALL_BATCH = 3;
  private static final int OPERATIONS = 12; // per element: 3 of moments, 2 to apply, 7 back

  @Override
  public String label() {
    return "batch-norm";
  }

  @Override
  public Shape input() {
    return IMAGE.with(0, batch);
  }

  @Override
  public Layer layer() {
    return BatchNorm.withoutAffine();
  }

  /** x and dy are read, y and dx written, as if a batch stayed in registers between its passes. */
  @Override
  public Cost cost() {
    double elements = input().size();
    return new Cost(OPERATIONS * elements, 4 * elements * Cost.FLOAT);
  }

  @Override
  public Normalization small() {
    return new Normalization(Math.min(batch, SMALL_BATCH));
  }

  /** Means over all pixels of a channel. */
  @Override
  public double tolerance(String answer) {
    return Rounding.ofSums((long) input().size() / input().get(3));
  }
}
