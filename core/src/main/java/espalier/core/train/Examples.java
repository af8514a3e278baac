package espalier.core.train;

/** A part of a task's data that networks are measured on. */
public interface Examples {

  /** All examples in a fixed order, in batches of this size or smaller; the last is the rest. */
  Feeder batches(int batchSize);
}
