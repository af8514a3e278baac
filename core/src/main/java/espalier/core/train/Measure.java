package espalier.core.train;

import espalier.kernels.spi.HostData;

/** Sums up how outputs compare with their targets, batch by batch. */
public interface Measure {

  /** Takes in a batch. */
  void add(float[] output, HostData target);

  /** All batches together. */
  Score score();
}
