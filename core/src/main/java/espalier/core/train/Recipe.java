package espalier.core.train;

import espalier.core.data.Augmentation;
import espalier.core.nn.CrossEntropy;

/**
 * How a network is trained.
 *
 * @param batchSize examples per step
 * @param optimizer what changes the weights
 * @param schedule the learning rate over the training
 * @param clip limit of the gradients' global norm; 0 for none
 * @param loss what is minimised where classes are told apart
 * @param auxiliaryWeight weight of an auxiliary head's loss
 * @param dropPath drop-path probability at the end; it rises from 0 in a straight line
 * @param augmentation what is done to training images
 * @param patience epochs without a better leading metric on the validation split after which
 *     training stops; 0 never stops. The weights of the best epoch are kept wherever there is a
 *     validation split
 */
public record Recipe(
    int batchSize,
    Optimizer optimizer,
    Schedule schedule,
    double clip,
    CrossEntropy loss,
    double auxiliaryWeight,
    double dropPath,
    Augmentation augmentation,
    int patience) {
  public Recipe {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch: found " + batchSize + ", expected 1 or more");
    }
    if (!(dropPath >= 0 && dropPath < 1)) {
      throw new IllegalArgumentException(
          "drop-path: found " + dropPath + ", expected at least 0 and less than 1");
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience: found " + patience + ", expected 0 or more");
    }
  }

  /** The published DARTS evaluation recipe but for its length: SGD 0.025, cosine to 0, clip 5. */
  public static Recipe standard() {
    return new Recipe(
        64,
        Sgd.darts(),
        new Schedule.Cosine(0.025, 0),
        5,
        CrossEntropy.plain(),
        0.4,
        0,
        Augmentation.none(),
        0);
  }

  /** This recipe with another batch size. */
  public Recipe withBatchSize(int images) {
    return new Recipe(
        images, optimizer, schedule, clip, loss, auxiliaryWeight, dropPath, augmentation, patience);
  }

  /** This recipe with another optimiser and schedule. */
  public Recipe with(Optimizer other, Schedule rate) {
    return new Recipe(
        batchSize, other, rate, clip, loss, auxiliaryWeight, dropPath, augmentation, patience);
  }

  /** This recipe with another augmentation. */
  public Recipe with(Augmentation changes) {
    return new Recipe(
        batchSize, optimizer, schedule, clip, loss, auxiliaryWeight, dropPath, changes, patience);
  }

  /** This recipe with another loss. */
  public Recipe with(CrossEntropy other) {
    return new Recipe(
        batchSize,
        optimizer,
        schedule,
        clip,
        other,
        auxiliaryWeight,
        dropPath,
        augmentation,
        patience);
  }

  /** This recipe with another drop-path probability. */
  public Recipe withDropPath(double probability) {
    return new Recipe(
        batchSize,
        optimizer,
        schedule,
        clip,
        loss,
        auxiliaryWeight,
        probability,
        augmentation,
        patience);
  }

  /** This recipe with early stopping after {@code epochs} without improvement. */
  public Recipe withPatience(int epochs) {
    return new Recipe(
        batchSize,
        optimizer,
        schedule,
        clip,
        loss,
        auxiliaryWeight,
        dropPath,
        augmentation,
        epochs);
  }
}
