package espalier.core.search;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Threads that estimate ahead of the virtual clock. The caller is one of them: it does a task that
 * nobody has begun when it needs the result.
 */
final class Workers implements AutoCloseable {
  private final Optional<ExecutorService> others;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  Workers(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("workers: found %d, expected 1 or more".formatted(count));
    }
    others =
        count == 1
            ? Optional.empty()
            : Optional.of(Executors.newFixedThreadPool(count - 1, this::daemon));
  }

  private Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "espalier-trial");
    thread.setDaemon(true);
    threads.add(thread);
    return thread;
  }

  void begin(FutureTask<Outcome> task) {
    others.ifPresent(pool -> pool.execute(task));
  }

  /** The result of a task, once it is there. */
  Outcome await(FutureTask<Outcome> task) {
    task.run();
    try {
      return task.get();
    } catch (ExecutionException thrown) {
      throw new IllegalStateException("an estimate ended the search", thrown.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the search was interrupted", interrupted);
    }
  }

  /** Returns when no thread is left: a pool is said to be closed while its last one still ends. */
  @Override
  public void close() {
    others.ifPresent(ExecutorService::shutdownNow);
    others.ifPresent(ExecutorService::close);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
