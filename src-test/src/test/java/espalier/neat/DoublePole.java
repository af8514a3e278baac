package espalier.neat;

import espalier.core.neat.EvolvedNetwork;
import espalier.core.neat.Genome;
import espalier.core.neat.GenomeSpace;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Networks that are to balance two poles of different length on one cart by pushing it, and that
 * know all positions and velocities [Wieland 1991; Stanley and Miikkulainen 2002].
 */
final class DoublePole implements Estimator<Genome> {
  static final GenomeSpace SPACE = GenomeSpace.feedForward("double pole", 6, 1);

  /** Half an hour. */
  static final int SUCCESS = 100_000;

  private static final List<String> NAMES = List.of("fitness", "solved");
  private static final double GRAVITY = -9.8;
  private static final double CART = 1;
  private static final double CART_FRICTION = 0.0005;
  private static final double HINGE_FRICTION = 0.000002;

  /** The halves of the poles' lengths, in metres. */
  private static final double[] LENGTHS = {0.5, 0.05};

  private static final double[] MASSES = {0.1, 0.01};

  /** Newtons, to either side. */
  private static final double FORCE = 10;

  private static final double TRACK = 2.4;
  private static final double TILT = Math.toRadians(36);

  /** Seconds of a step of integration; there are two for each push. */
  private static final double STEP = 0.01;

  /** What is about 1 at most of each number the network sees. */
  private static final double[] SCALES = {4.8, 2, 0.52, 2, 0.52, 2};

  /** How long the poles stay up, in steps of 0.02 s, from one degree of the long one. */
  @Override
  public Outcome estimate(Trial<Genome> trial) {
    EvolvedNetwork network = SPACE.network(trial.candidate());
    int steps = balanced(seen -> 2 * network.activate(seen)[0] - 1, SUCCESS);
    return new Outcome.Measured(Metrics.of(NAMES, steps, steps == SUCCESS ? 1 : 0));
  }

  /** How many pushes, of [-1, 1], keep the poles up. */
  static int balanced(ToDoubleFunction<double[]> controller, int most) {
    double[] state = {0, 0, Math.toRadians(1), 0, 0, 0};
    double[] seen = new double[state.length];
    for (int step = 0; step < most; step++) {
      for (int i = 0; i < seen.length; i++) {
        seen[i] = state[i] / SCALES[i];
      }
      double force = FORCE * controller.applyAsDouble(seen);
      state = moved(moved(state, force), force);
      if (Math.abs(state[0]) > TRACK || Math.abs(state[2]) > TILT || Math.abs(state[4]) > TILT) {
        return step;
      }
    }
    return most;
  }

  /** One step of the classical Runge-Kutta method. */
  static double[] moved(double[] state, double force) {
    double[] first = slope(state, force);
    double[] second = slope(along(state, first, STEP / 2), force);
    double[] third = slope(along(state, second, STEP / 2), force);
    double[] fourth = slope(along(state, third, STEP), force);
    double[] moved = state.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += STEP / 6 * (first[i] + 2 * second[i] + 2 * third[i] + fourth[i]);
    }
    return moved;
  }

  private static double[] along(double[] state, double[] slope, double time) {
    double[] moved = state.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += time * slope[i];
    }
    return moved;
  }

  /** The velocities and accelerations of the cart and of either pole. */
  static double[] slope(double[] state, double force) {
    double effectiveForce = force - CART_FRICTION * Math.signum(state[1]);
    double effectiveMass = CART;
    double[] turns = new double[LENGTHS.length];
    for (int pole = 0; pole < LENGTHS.length; pole++) {
      double sine = StrictMath.sin(state[2 + 2 * pole]);
      double cosine = StrictMath.cos(state[2 + 2 * pole]);
      double velocity = state[3 + 2 * pole];
      double massLength = MASSES[pole] * LENGTHS[pole];
      turns[pole] = HINGE_FRICTION * velocity / massLength + GRAVITY * sine;
      effectiveForce +=
          massLength * velocity * velocity * sine + 0.75 * MASSES[pole] * cosine * turns[pole];
      effectiveMass += MASSES[pole] * (1 - 0.75 * cosine * cosine);
    }
    double acceleration = effectiveForce / effectiveMass;
    double[] slope = {state[1], acceleration, state[3], 0, state[5], 0};
    for (int pole = 0; pole < LENGTHS.length; pole++) {
      double cosine = StrictMath.cos(state[2 + 2 * pole]);
      slope[3 + 2 * pole] = -0.75 * (acceleration * cosine + turns[pole]) / LENGTHS[pole];
    }
    return slope;
  }
}
