package espalier.core.data;

import espalier.core.io.Normalisation;
import espalier.core.random.Philox;

/**
 * The mini-batches of a split, addressed by step. A batch depends on the split, the seed and the
 * step alone, so a run is resumed by counting, and threads may fill different batches at once.
 *
 * <p>Training batches go through the images in a new random order each epoch and leave out what
 * does not fill a batch; evaluation batches keep the split's order and end with the remainder.
 */
public final class Batches {
  /*
   * Random numbers of an image are addressed by (epoch, position in the epoch's order), not by row of
   * a batch: two batch sizes see the same images augmented alike. The last order is remembered
   * because making one costs as much as many batches; it is a value, so threads may replace it.
   */
  private final Split split;
  private final int batchSize;
  private final Normalisation normalisation;
  private final Augmentation augmentation;
  private final boolean training;
  private final Philox orders;
  private final Philox changes;
  private volatile Order lastOrder;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Order(long epoch, int[] positions) {}

  private Batches(
      Split split,
      int batchSize,
      Normalisation normalisation,
      Augmentation augmentation,
      boolean training,
      long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch needs at least one image, found " + batchSize);
    }
    if (normalisation.mean().size() != split.image().channels()) {
      throw new IllegalArgumentException(
          "normalisation has %d channels, images have %d"
              .formatted(normalisation.mean().size(), split.image().channels()));
    }
    this.split = split;
    this.batchSize = batchSize;
    this.normalisation = normalisation;
    this.augmentation = augmentation;
    this.training = training;
    this.orders = Philox.of(seed, "epoch order");
    this.changes = Philox.of(seed, "augmentation");
    this.lastOrder = new Order(-1, new int[0]);
  }

  /** Shuffled, augmented batches of exactly {@code batchSize} images. */
  public static Batches training(
      SearchSplit split,
      int batchSize,
      Normalisation normalisation,
      Augmentation augmentation,
      long seed) {
    if (batchSize > split.size()) {
      throw new IllegalArgumentException(
          "batches of %d images need a split of at least as many, found %d"
              .formatted(batchSize, split.size()));
    }
    return new Batches(split, batchSize, normalisation, augmentation, true, seed);
  }

  /** Plain batches in the split's order; the last one of an epoch may be smaller. */
  public static Batches evaluation(Split split, int batchSize, Normalisation normalisation) {
    return new Batches(split, batchSize, normalisation, Augmentation.none(), false, 0);
  }

  public int stepsPerEpoch() {
    return training ? split.size() / batchSize : Math.ceilDiv(split.size(), batchSize);
  }

  /** How many images the batch of a step holds. */
  public int rows(long step) {
    int begin = positionOf(step);
    return Math.min(batchSize, split.size() - begin);
  }

  /** Values of a full batch, {@code [batchSize, H, W, C]}: the length {@code images} must have. */
  public int values() {
    return Math.multiplyExact(batchSize, split.image().values());
  }

  /**
   * Writes the batch of a step, counted from 0 over all epochs.
   *
   * @param images receives {@code [rows, H, W, C]}
   * @param labels receives {@code [rows]}
   * @return how many rows were written
   */
  public int fill(long step, float[] images, int[] labels) {
    int rows = rows(step);
    int values = split.image().values();
    if (images.length < rows * values || labels.length < rows) {
      throw new IllegalArgumentException(
          "a batch of %d images of %s does not fit into %d values and %d labels"
              .formatted(rows, split.image(), images.length, labels.length));
    }
    long epoch = step / stepsPerEpoch();
    int begin = positionOf(step);
    var order = order(epoch);
    var moved = augmentation.isNone() ? new float[0] : new float[values];
    for (int row = 0; row < rows; row++) {
      int position = training ? order[begin + row] : begin + row;
      int offset = row * values;
      labels[row] = split.label(position);
      if (augmentation.isNone()) {
        split.read(position, images, offset);
        normalisation.apply(images, offset, values);
      } else {
        var random = changes.step(epoch);
        long first = (long) (begin + row) * Augmentation.DRAWS;
        split.read(position, moved, 0);
        augmentation.move(split.image(), random, first, moved, images, offset);
        normalisation.apply(images, offset, values);
        augmentation.cut(split.image(), random, first, images, offset);
      }
    }
    return rows;
  }

  private int positionOf(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("steps are counted from 0, found " + step);
    }
    return (int) (step % stepsPerEpoch()) * batchSize;
  }

  private int[] order(long epoch) {
    var order = lastOrder;
    if (training && order.epoch() != epoch) {
      order = new Order(epoch, orders.step(epoch).permutation(split.size()));
      lastOrder = order;
    }
    return order.positions();
  }
}
