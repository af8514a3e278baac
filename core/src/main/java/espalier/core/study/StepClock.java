package espalier.core.study;

import java.util.ArrayList;
import java.util.List;

/** Times steps; the first ones, while code is still being compiled, do not count. */
final class StepClock {
  private final Deadline clock;
  private final int steps;
  private final List<Double> ticks = new ArrayList<>();

  StepClock(Deadline clock, int steps) {
    this.clock = clock;
    this.steps = steps;
  }

  /** A step was done. */
  void tick() {
    ticks.add(clock.elapsed());
  }

  /** The fastest of the later half: what a step takes once code is compiled. */
  double secondsPerStep() {
    double fastest = Double.POSITIVE_INFINITY;
    for (int i = Math.max(1, steps / 2); i < ticks.size(); i++) {
      fastest = Math.min(fastest, ticks.get(i) - ticks.get(i - 1));
    }
    return Math.max(1e-6, fastest);
  }
}
