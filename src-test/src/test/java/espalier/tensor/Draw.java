package espalier.tensor;

import espalier.core.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random shapes and values from a generator that the property's seed governs. */
public final class Draw {
  /** Extents that divide nothing evenly, and the one that repeats. */
  private static final int[] EXTENTS = {1, 2, 3, 5};

  private final Random random;

  /** Draws from {@code random}. */
  public Draw(Random random) {
    this.random = random;
  }

  /** An integer from {@code low} to {@code high}, both included. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True in one of {@code times} draws. */
  public boolean onceIn(int times) {
    return random.nextInt(times) == 0;
  }

  /** One of {@code choices}. */
  public <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A small awkward extent. */
  public int extent() {
    return EXTENTS[random.nextInt(EXTENTS.length)];
  }

  /** A shape of {@code rank} awkward extents and no more than {@code most} elements. */
  public Shape shape(int rank, int most) {
    int[] extents = new int[rank];
    int size = 1;
    for (int a = 0; a < rank; a++) {
      extents[a] = extent();
      if (size * extents[a] > most) {
        extents[a] = 1;
      }
      size *= extents[a];
    }
    return Shape.of(extents);
  }

  /** A shape that broadcasts to {@code target}: axes left out in front, others of extent 1. */
  public Shape repeatedTo(Shape target) {
    int lead = between(0, target.rank());
    int[] extents = new int[target.rank() - lead];
    for (int a = 0; a < extents.length; a++) {
      extents[a] = onceIn(2) ? 1 : target.get(lead + a);
    }
    return Shape.of(extents);
  }

  /** Numbers between −1.5 and 1.5. */
  public double[] values(Shape shape) {
    return between(shape, -1.5, 1.5);
  }

  /** Numbers between {@code low} and {@code high}. */
  public double[] between(Shape shape, double low, double high) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = low + (high - low) * random.nextDouble();
    }
    return values;
  }

  /** Numbers of either sign whose magnitude lies between 0.1 and 1.6. */
  public double[] offZero(Shape shape) {
    double[] values = between(shape, 0.1, 1.6);
    for (int i = 0; i < values.length; i++) {
      values[i] *= random.nextBoolean() ? 1 : -1;
    }
    return values;
  }

  /**
   * Distinct numbers in random order, neighbours at least 0.05 apart and none nearer 0 than 0.02.
   */
  public double[] distinct(Shape shape) {
    List<Double> spaced = new ArrayList<>();
    for (int i = 0; i < shape.size(); i++) {
      spaced.add(0.1 * (i - shape.size() / 2) + 0.025 + 0.05 * random.nextDouble());
    }
    Collections.shuffle(spaced, random);
    return spaced.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Numbers within 0.02 of {@code offset} plus a multiple of 0.2. */
  public double[] onLattice(Shape shape, double offset) {
    double[] values = between(shape, -0.02, 0.02);
    for (int i = 0; i < values.length; i++) {
      values[i] += offset + 0.2 * between(-8, 8);
    }
    return values;
  }
}
