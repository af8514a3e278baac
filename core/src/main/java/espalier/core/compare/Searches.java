package espalier.core.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Searches that run side by side. */
final class Searches {
  private Searches() {}

  /** What came of each, in order. */
  static List<List<Track>> all(List<List<Callable<Track>>> searches, int threads) {
    List<List<Future<Track>>> begun = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (List<Callable<Track>> each : searches) {
        begun.add(each.stream().map(pool::submit).toList());
      }
    }
    return begun.stream().map(each -> each.stream().map(Searches::result).toList()).toList();
  }

  private static Track result(Future<Track> search) {
    try {
      return search.get();
    } catch (ExecutionException thrown) {
      throw new IllegalStateException("a search failed: " + thrown.getCause(), thrown.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the comparison was interrupted", interrupted);
    }
  }
}
