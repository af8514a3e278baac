package espalier.kernels.cpu;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.LinkedHashMap;
import java.util.Map;

/** Loops compiled to hidden classes that call the Vector API. */
final class SimdLoops implements LoopSource {
  /** Loops of the whole process, those used last. */
  private static final Map<LoopCode, WarmingLoop> SHARED =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LoopCode, WarmingLoop> eldest) {
          return size() > MOST;
        }
      };

  private static final int MOST = 1 << 10;

  private final boolean always;

  private SimdLoops(boolean always) {
    this.always = always;
  }

  /** Loops that are made where they pay and used where they are fast. */
  static SimdLoops whereTheyPay() {
    return new SimdLoops(false);
  }

  /** Loops that are made and used at once, for tests. */
  static SimdLoops always() {
    return new SimdLoops(true);
  }

  @Override
  public int bits() {
    return SimdLanes.F.vectorBitSize();
  }

  @Override
  public boolean suits(int points) {
    return always || points >= FEW_POINTS;
  }

  @Override
  public WarmingLoop loop(LoopCode code) {
    if (always) {
      return new WarmingLoop(code, SimdLoops::define, true);
    }
    synchronized (SHARED) {
      return SHARED.computeIfAbsent(code, c -> new WarmingLoop(c, SimdLoops::define, false));
    }
  }

  private static PointLoop define(LoopCode code) {
    try {
      MethodHandles.Lookup hidden =
          MethodHandles.lookup().defineHiddenClass(SimdLoopWriter.write(code), true);
      MethodType plain = MethodType.methodType(void.class);
      return (PointLoop) hidden.findConstructor(hidden.lookupClass(), plain).invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("loop: its class has no plain constructor", e);
    }
  }
}
