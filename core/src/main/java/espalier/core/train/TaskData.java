package espalier.core.train;

import java.util.Optional;

/**
 * The data to learn a task from: all that whoever searches or trains may see. There is no test part
 * among them; whoever owns it has {@link Trainer#measure} look at it when all is done.
 */
public interface TaskData {

  /** What is to be learnt. */
  Task task();

  /** How many examples there are to learn from. */
  int size();

  /** Steps of a pass through them; what does not fill a batch is left out. */
  default int stepsPerEpoch(int batchSize) {
    return size() / batchSize;
  }

  /** Batches of exactly the recipe's size, a function of the seed and the step. */
  Feeder training(Recipe recipe, long seed);

  /** The examples that epochs and candidates are compared on, where some are kept for that. */
  Optional<Examples> valid();

  /** These data with fewer examples to learn from, for a cheaper estimate. */
  TaskData first(int examples);

  /** These data with nothing to compare on: no epoch is better than the last. */
  TaskData withoutValid();
}
