package espalier.bench;

import java.util.Map;

/** A work made ready by one engine: it may be run any number of times. */
public interface Job extends AutoCloseable {

  /** Does the work once and returns when it is done. */
  void run();

  /**
   * Does the work once more and copies what it computed: values by name, in the order of our
   * tensors. Whoever does the same work as often from the same start answers the same.
   */
  Map<String, float[]> answers();

  @Override
  void close();
}
