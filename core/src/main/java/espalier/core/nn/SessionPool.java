package espalier.core.nn;

import espalier.core.plan.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sessions with the same variables for callers on many threads. A session belongs to one caller at
 * a time; there are never more than {@code most}, and who comes too many waits.
 */
final class SessionPool implements AutoCloseable {
  private final Supplier<Session> opener;
  private final int most;
  private final Semaphore free;
  private final Deque<Session> idle = new ArrayDeque<>();
  private boolean closed;

  SessionPool(int most, Supplier<Session> opener) {
    this.opener = opener;
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Uses a session; one in which something failed is not used again. */
  <T> T use(Function<Session, T> work) {
    free.acquireUninterruptibly();
    try {
      Session session = take();
      T result;
      try {
        result = work.apply(session);
      } catch (RuntimeException | Error failure) {
        session.close();
        throw failure;
      }
      giveBack(session);
      return result;
    } finally {
      free.release();
    }
  }

  private Session take() {
    synchronized (idle) {
      if (closed) {
        throw new IllegalStateException("model: is closed, expected an open one");
      }
      if (!idle.isEmpty()) {
        return idle.pop();
      }
    }
    return opener.get();
  }

  private void giveBack(Session session) {
    synchronized (idle) {
      idle.push(session);
    }
  }

  /** Waits for the callers at work, then closes all sessions; later callers are refused. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
    }
    free.acquireUninterruptibly(most);
    synchronized (idle) {
      idle.forEach(Session::close);
      idle.clear();
    }
    free.release(most);
  }
}
