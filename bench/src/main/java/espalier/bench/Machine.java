package espalier.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the machine was measured to do with some threads.
 *
 * @param operations floating-point operations per second of fused multiply-adds in registers
 * @param memory bytes per second for amounts of memory, smallest first
 */
public record Machine(int threads, double operations, List<Rung> memory) {
  /*
   * Memory is a ladder of caches, and most works fit in one of them: a limit taken from the main
   * memory alone would be beaten by any kernel. So the rate is that of the faster of copy and triad
   * over as many bytes as the work's own inputs and outputs.
   */
  private static final int MEBI = 1 << 20;
  private static final List<Integer> FOOTPRINTS = List.of(MEBI, 4 * MEBI, 16 * MEBI, 256 * MEBI);
  private static final int CHAIN = 4096;
  private static final double WARM_SECONDS = 0.3;
  private static final double LONGEST_WARM_SECONDS = 10;
  private static final double COMPILED = 8e9; // no machine with vectors is this slow once compiled
  private static final double SAMPLE_SECONDS = 0.02;
  private static final int SAMPLES = 12;
  private static final int TRIAD_ARRAYS = 3;
  private static final int COPY_ARRAYS = 2;

  /** A rate for works of about so many bytes. */
  public record Rung(long bytes, double bytesPerSecond) {}

  public Machine {
    memory = List.copyOf(memory);
  }

  /** Measures the machine with {@code threads} threads at work. */
  public static Machine measure(int threads) {
    long started = System.nanoTime();
    double operations = operationsPerSecond(threads);
    // Until the compiler is done with the loop it runs a hundred times slower, and looks steady.
    while (operations < COMPILED && (System.nanoTime() - started) / 1e9 < LONGEST_WARM_SECONDS) {
      operations = operationsPerSecond(threads);
    }
    if (operations < COMPILED) {
      throw new IllegalStateException(
          "machine: multiply-adds ran at %.1f GFLOP/s for %.0f seconds, expected compiled code"
              .formatted(operations / 1e9, LONGEST_WARM_SECONDS));
    }
    List<Rung> memory = new ArrayList<>();
    for (int footprint : FOOTPRINTS) {
      memory.add(new Rung(footprint, bytesPerSecond(threads, footprint)));
    }
    // Once more after the memory, which took seconds: the compiler or a neighbour may have been
    // busy.
    return new Machine(threads, Math.max(operations, operationsPerSecond(threads)), memory);
  }

  /** The better of two measurements of one machine, number by number: a disturbance only slows. */
  public Machine best(Machine other) {
    List<Rung> better = new ArrayList<>();
    for (int i = 0; i < memory.size(); i++) {
      Rung mine = memory.get(i);
      Rung theirs = other.memory.get(i);
      better.add(mine.bytesPerSecond() >= theirs.bytesPerSecond() ? mine : theirs);
    }
    return new Machine(threads, Math.max(operations, other.operations), better);
  }

  private static double operationsPerSecond(int threads) {
    double chains =
        best(
            threads,
            worker -> {
              float factor = 1 + worker * 0x1p-20f;
              return repeats -> {
                float last = 0;
                for (long r = 0; r < repeats; r++) {
                  last += SimdLoops.multiplyAdds(CHAIN, factor, 1e-3f);
                }
                return last;
              };
            });
    return chains * CHAIN * SimdLoops.operationsPerIteration();
  }

  private static double bytesPerSecond(int threads, int footprint) {
    int floats = footprint / threads / Float.BYTES;
    int third = floats / TRIAD_ARRAYS;
    int half = floats / COPY_ARRAYS;
    double triads =
        best(
            threads,
            worker -> {
              float[] a = new float[third];
              float[] b = new float[third];
              float[] c = new float[third];
              return repeats -> {
                for (int r = 0; r < repeats; r++) {
                  SimdLoops.triad(a, b, c, 0.5f);
                }
                return a[third / 2];
              };
            });
    double copies =
        best(
            threads,
            worker -> {
              float[] from = new float[half];
              float[] to = new float[half];
              return repeats -> {
                for (int r = 0; r < repeats; r++) {
                  System.arraycopy(from, 0, to, 0, half);
                }
                return to[half / 2];
              };
            });
    return Float.BYTES * Math.max(triads * third * TRIAD_ARRAYS, copies * half * COPY_ARRAYS);
  }

  /** Repetitions per second of all workers together, in their best sample. */
  private static double best(int threads, Loops loops) {
    Team team = new Team(threads, loops);
    for (double spent = 0; spent < WARM_SECONDS; ) {
      spent += team.seconds(1);
    }
    long repeats = 1;
    double seconds = team.seconds(repeats);
    while (seconds < SAMPLE_SECONDS) {
      repeats *= 2;
      seconds = team.seconds(repeats);
    }
    double least = seconds;
    for (int i = 0; i < SAMPLES; i++) {
      least = Math.min(least, team.seconds(repeats));
    }
    return threads * repeats / least;
  }

  /** A loop of repetitions; its result keeps them alive. */
  @FunctionalInterface
  interface Loop {
    float run(long repeats);
  }

  /** One loop for each worker. */
  @FunctionalInterface
  interface Loops {
    Loop of(int worker);
  }

  /** Seconds that no program for a work of this cost can beat. */
  public double limit(Cost cost) {
    return Math.max(cost.operations() / operations, cost.bytes() / rate(cost.bytes()));
  }

  /** The rate of the rung nearest to so many bytes. */
  private double rate(double bytes) {
    Rung nearest = memory.getFirst();
    for (Rung rung : memory) {
      if (distance(rung, bytes) < distance(nearest, bytes)) {
        nearest = rung;
      }
    }
    return nearest.bytesPerSecond();
  }

  private static double distance(Rung rung, double bytes) {
    return Math.abs(Math.log(rung.bytes() / bytes));
  }

  /** How many times faster than {@code other} it is, in what it gains least. */
  public double scaling(Machine other) {
    return Math.min(
        operations / other.operations,
        memory.getLast().bytesPerSecond() / other.memory.getLast().bytesPerSecond());
  }

  /** One line. */
  public String description() {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%d thread(s): FMA %.1f GFLOP/s; copy or triad",
            threads,
            operations / 1e9));
    for (Rung rung : memory) {
      line.append(
          String.format(
              Locale.ROOT,
              " %.1f GB/s (%d MiB)",
              rung.bytesPerSecond() / 1e9,
              rung.bytes() / MEBI));
    }
    return line.toString();
  }
}
