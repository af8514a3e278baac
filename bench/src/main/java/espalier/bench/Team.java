package espalier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that run loops at the same time. */
final class Team {
  /** Where results go, so that no compiler can drop the loops. */
  private static final AtomicReference<Float> SINK = new AtomicReference<>(0f);

  private final List<Machine.Loop> loops = new ArrayList<>();

  Team(int threads, Machine.Loops each) {
    for (int worker = 0; worker < threads; worker++) {
      loops.add(each.of(worker));
    }
  }

  /** Seconds until every loop has done its repetitions; the caller runs the first. */
  double seconds(long repeats) {
    CountDownLatch ready = new CountDownLatch(loops.size());
    List<Thread> threads = new ArrayList<>();
    for (Machine.Loop loop : loops.subList(1, loops.size())) {
      threads.add(Thread.ofPlatform().daemon().start(() -> run(loop, repeats, ready)));
    }
    while (ready.getCount() > 1) {
      Thread.onSpinWait();
    }
    long start = System.nanoTime();
    run(loops.getFirst(), repeats, ready);
    for (Thread thread : threads) {
      join(thread);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void run(Machine.Loop loop, long repeats, CountDownLatch ready) {
    ready.countDown();
    while (ready.getCount() > 0) {
      Thread.onSpinWait();
    }
    SINK.set(loop.run(repeats));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("machine: interrupted while it was measured", e);
    }
  }
}
