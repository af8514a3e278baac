package espalier.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices Ctrl-C and kill signals while a run is under way. The run is asked to stop and has a
 * moment for it; a run that is in the middle of something longer is left there, which its journal
 * and checkpoints are made to bear.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 1200;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean requested;

  /** Watches until it is closed; {@code lastWords} are said where the run does not stop in time. */
  Interruption(Runnable lastWords) {
    this.hook =
        new Thread(
            () -> {
              requested = true;
              if (!endsInTime()) {
                lastWords.run();
              }
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private boolean endsInTime() {
    try {
      return ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the process was asked to end. */
  boolean isRequested() {
    return requested;
  }

  @Override
  public void close() {
    ended.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException begun) {
        // The signal came this very moment; the hook finds the run ended.
      }
    }
  }
}
