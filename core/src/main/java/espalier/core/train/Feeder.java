package espalier.core.train;

import espalier.kernels.spi.HostData;
import java.util.Map;

/**
 * Batches on their way to the feeds, addressed by step: the same step always yields the same. Used
 * by one thread.
 */
public interface Feeder {

  /** Batches of one pass. */
  int stepsPerEpoch();

  /** Examples in the batch of a step. */
  int rows(long step);

  /**
   * The batch of a step, counted from 0 over all passes: input and target by the names of their
   * feeds, and whatever else a network asks for. The arrays are the feeder's until the next call.
   */
  Map<String, HostData> feeds(long step);
}
