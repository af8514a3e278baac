package espalier.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How busy the JVM's compiler threads are. The JVM itself counts a compilation when it ends, and a
 * large one takes seconds.
 */
final class CompilerTime {
  private static final Path THREADS = Path.of("/proc/self/task");

  /** What the names of compiler threads contain; Linux cuts names after 15 characters. */
  private static final String COMPILER = " CompilerThre";

  private final long start = System.nanoTime();
  private final Map<Path, Long> before = nanoseconds();

  /** Processors the compiler has kept busy since this was made; 1 is one of them all the time. */
  double processors() {
    long spent = 0;
    for (var thread : nanoseconds().entrySet()) {
      spent += thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
    }
    return (double) spent / (System.nanoTime() - start);
  }

  /** What each compiler thread has had of a processor. */
  private static Map<Path, Long> nanoseconds() {
    Map<Path, Long> spent = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        try {
          if (Files.readString(thread.resolve("comm")).contains(COMPILER)) {
            String first = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
            spent.put(thread, Long.parseLong(first));
          }
        } catch (NoSuchFileException ended) {
          // The thread ended between the listing and here.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return spent;
  }
}
