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
   * run on rows of zeros first, for a moment whenever somebody asks for it, ever less often, until
   * a run takes the time of compiled code. What is computed never depends on that: both ways compute the same bits.
   */

  /** Vector instructions on 16 floats that pay for a class. */
  private static final long PAYS = 1L << 20;

  /** Time spent warming up at once. */
  private static final int SLICE_NANOS = 2_000_000;

  /** Slices after which one more request is let pass between two. */
  private static final int PATIENT = 32;

  /** Fewer rounds than would have the compiler make a second version that begins in the loop. */
  private static final int ROUNDS = 32;

  /** Time of a vector instruction that only compiled code reaches. */
  private static final int FAST_NANOS = 6;

  private final LoopCode code;
  private final Function<LoopCode, PointLoop> compiler;
  private final boolean always;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Optional<PointLoop> ready = Optional.empty();
  private Optional<PointLoop> warming = Optional.empty();
  private long work;
  private int slices;
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
    if (++asked <= slices / PATIENT) {
      return false;
    }
    asked = 0;
    slices++;
    int pitch = code.vectors() * code.bits() / Float.SIZE;
    int operands = code.sources().size() + code.expr().results().size();
    float[][] arrays = new float[operands][];
    Arrays.fill(arrays, new float[(ROUNDS + 1) * pitch]);
    int[] at = new int[operands];
    long fast = (long) FAST_NANOS * ROUNDS * code.vectors() * Math.max(2, code.cost());
    long start = System.nanoTime();
    long last = start;
    while (last - start < SLICE_NANOS) {
      loop.run(ROUNDS, pitch, arrays, at);
      long now = System.nanoTime();
      if (now - last <= fast) {
        return true;
      }
      last = now;
    }
    return false;
  }
}
