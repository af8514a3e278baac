package espalier.kernels.cpu;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A loop that is made when enough work asked for it and is ready when it runs at full speed. */
final class WarmingLoop {
  /*
   * A fresh class is interpreted and then compiled without seeing through the Vector API, and runs
   * some hundred times slower than the interpreter of expressions that it is to replace. So it is
   * run on rows of zeros first, a few times whenever somebody asks for it, until the compiler has
   * counted enough calls; after that it is tried, ever less often, until a run takes the time of
   * compiled code. What is computed never depends on that: both ways compute the same bits.
   */

  /** Vector instructions on 16 floats that pay for a class. */
  private static final long PAYS = 1L << 22;

  /** Calls after which the compiler has been asked for its best code. */
  private static final int CALLS = 1000;

  private static final int CALLS_AT_ONCE = 50;
  private static final int TRIES = 3;

  /** Fewer rounds than would have the compiler make a second version that begins in the loop. */
  private static final int ROUNDS = 32;

  /** Time of a vector instruction that only compiled code reaches. */
  private static final int FAST_NANOS = 6;

  private static final int MOST_PATIENCE = 1 << 10;

  private final LoopCode code;
  private final Function<LoopCode, PointLoop> compiler;
  private final boolean always;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Optional<PointLoop> ready = Optional.empty();
  private Optional<PointLoop> warming = Optional.empty();
  private long work;
  private int calls;
  private int patience;
  private int asked;
  private boolean failed;

  /**
   * A loop nobody asked for.
   *
   * @param always whether it is ready when it is first asked for
   */
  WarmingLoop(LoopCode code, Function<LoopCode, PointLoop> compiler, boolean always) {
    this.code = code;
    this.compiler = compiler;
    this.always = always;
  }

  /** What it computes. */
  LoopCode code() {
    return code;
  }

  /** The loop, which is ready. */
  PointLoop loop() {
    return ready.orElseThrow();
  }

  /**
   * Whether it is ready.
   *
   * @param points points that the caller wants to run it over
   */
  boolean ready(int points) {
    if (ready.isPresent()) {
      return true;
    }
    if (!busy.compareAndSet(false, true)) {
      return false;
    }
    try {
      work += (long) code.cost() * points / Lanes.COUNT;
      if ((always || work >= PAYS) && !failed) {
        prepare();
      }
    } finally {
      busy.set(false);
    }
    return ready.isPresent();
  }

  private void prepare() {
    if (warming.isEmpty()) {
      try {
        warming = Optional.of(compiler.apply(code));
      } catch (IllegalArgumentException | LinkageError refused) {
        // Beyond what a class file can hold; the expression goes on being interpreted.
        failed = true;
        return;
      }
    }
    PointLoop loop = warming.get();
    if (always || warm(loop)) {
      ready = warming;
    }
  }

  private boolean warm(PointLoop loop) {
    if (calls >= CALLS && ++asked < patience) {
      return false;
    }
    asked = 0;
    patience = calls < CALLS ? 1 : Math.min(2 * patience, MOST_PATIENCE);
    int pitch = code.vectors() * code.bits() / Float.SIZE;
    float[] zeros = new float[(ROUNDS + 1) * pitch];
    int operands = code.sources().size() + code.expr().results().size();
    float[][] arrays = new float[operands][];
    Arrays.fill(arrays, zeros);
    int[] at = new int[operands];
    for (int c = 0; c < CALLS_AT_ONCE; c++) {
      loop.run(ROUNDS, pitch, arrays, at);
    }
    calls += CALLS_AT_ONCE;
    long limit = (long) FAST_NANOS * ROUNDS * code.vectors() * Math.max(2, code.cost());
    for (int t = 0; t < TRIES; t++) {
      long start = System.nanoTime();
      loop.run(ROUNDS, pitch, arrays, at);
      if (System.nanoTime() - start <= limit) {
        return true;
      }
    }
    return false;
  }
}
