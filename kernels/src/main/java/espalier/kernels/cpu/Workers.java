package espalier.kernels.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/** The daemon threads of one backend, which share the parts of one job at a time. */
final class Workers implements AutoCloseable {
  /*
   * Parts are claimed one by one, so a thread that is late takes fewer. A worker without a job
   * spins for some tens of microseconds before it parks: the next kernel call usually comes sooner
   * than a wake-up would. Who finds the pool taken (a nested call, another session) runs its parts
   * itself, so nobody ever waits for the pool. Which thread runs a part never shows in a result.
   */
  private static final int SPINS = 2000;

  /** Floats a thread's packing memory starts with. */
  private static final int FIRST_PACKING = 1 << 19;

  private final List<Worker> workers = new ArrayList<>();
  private final ThreadLocal<Integer> seat = ThreadLocal.withInitial(() -> 0);
  private final AtomicBoolean taken = new AtomicBoolean();
  private final ThreadLocal<float[]> packing =
      ThreadLocal.withInitial(() -> new float[FIRST_PACKING]);
  private volatile Job current = new Job(0, part -> {});
  private volatile boolean closed;

  /** Starts {@code threads − 1} workers; the caller of {@link #each} is the remaining one. */
  Workers(int threads, String name) {
    for (int w = 1; w < threads; w++) {
      Worker worker = new Worker(name + "-" + w, w);
      workers.add(worker);
      worker.thread.start();
    }
  }

  /** Threads a job may run on, the caller's included. */
  int threads() {
    return workers.size() + 1;
  }

  /**
   * Runs {@code part} for 0 … parts − 1, in any order and on any thread, and returns when all are
   * done. Where a part throws, parts not begun are dropped and the exception is thrown here.
   */
  void each(int parts, IntConsumer part) {
    if (parts < 2 || workers.isEmpty() || closed || !taken.compareAndSet(false, true)) {
      for (int p = 0; p < parts; p++) {
        part.accept(p);
      }
      return;
    }
    Job job = new Job(parts, part);
    try {
      current = job;
      for (int w = 0; w < Math.min(workers.size(), parts - 1); w++) {
        workers.get(w).wake();
      }
      job.help();
      job.await();
    } finally {
      taken.set(false);
    }
    job.rethrow();
  }

  /**
   * The number of the calling thread among those of a job, less than {@link #threads}: 0 for the
   * one that called {@link #each}.
   */
  int seat() {
    return seat.get();
  }

  /**
   * At least {@code elements} floats that belong to the calling thread until it asks again: room
   * for packed operands. Its contents are arbitrary.
   */
  float[] packing(int elements) {
    float[] room = packing.get();
    if (room.length < elements) {
      room = new float[elements];
      packing.set(room);
    }
    return room;
  }

  /** Stops the threads and waits for them; a job that is running is finished by its caller. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (Worker worker : workers) {
      LockSupport.unpark(worker.thread);
      while (worker.thread.isAlive()) {
        try {
          worker.thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Worker {
    private final Thread thread;
    private volatile boolean parked;

    Worker(String name, int number) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .name(name)
              .unstarted(() -> {
                seat.set(number);
                work();
              });
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    private void work() {
      Job seen = current;
      seen.help();
      while (!closed) {
        awaitOtherThan(seen);
        seen = current;
        seen.help();
      }
    }

    private void awaitOtherThan(Job seen) {
      for (int s = 0; s < SPINS; s++) {
        if (current != seen || closed) {
          return;
        }
        Thread.onSpinWait();
      }
      parked = true;
      while (current == seen && !closed) {
        LockSupport.park(Workers.this);
      }
      parked = false;
    }
  }

  private static final class Job {
    private final int parts;
    private final Thread caller = Thread.currentThread();
    private final AtomicInteger claimed = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Let go when all parts are done: workers remember the last job, and it would hold arrays. */
    private IntConsumer part;

    private volatile boolean callerParked;

    Job(int parts, IntConsumer part) {
      this.parts = parts;
      this.part = part;
    }

    /** Claims and runs parts until none is left. */
    void help() {
      for (int p = claimed.getAndIncrement(); p < parts; p = claimed.getAndIncrement()) {
        if (failure.get() == null) {
          try {
            part.accept(p);
          } catch (Throwable thrown) { // thrown again in the caller's thread
            failure.compareAndSet(null, thrown);
          }
        }
        if (finished.incrementAndGet() == parts && callerParked) {
          LockSupport.unpark(caller);
        }
      }
    }

    private static void nothing(int p) {}

    void await() {
      for (int s = 0; s < SPINS && finished.get() < parts; s++) {
        Thread.onSpinWait();
      }
      callerParked = true;
      while (finished.get() < parts) {
        LockSupport.park(this);
      }
      part = Job::nothing;
    }

    void rethrow() {
      switch (failure.get()) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable other -> throw new IllegalStateException("workers: a part failed", other);
      }
    }
  }
}
