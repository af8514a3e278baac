package espalier.kernels;

import espalier.kernels.spi.BackendOptions.AllocationListener;
import java.util.concurrent.atomic.AtomicLong;

/** Sums what a listener hears. */
final class AllocationCount implements AllocationListener {
  private final AtomicLong bytes = new AtomicLong();

  @Override
  public void changed(String variableOrArena, long change) {
    bytes.addAndGet(change);
  }

  long bytes() {
    return bytes.get();
  }
}
