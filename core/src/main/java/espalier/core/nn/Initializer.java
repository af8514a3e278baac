package espalier.core.nn;

import espalier.core.random.Philox;
import espalier.core.tensor.Shape;
import java.util.Arrays;

/**
 * Initial values of a variable. Random ones are keyed by the seed and the variable's name, so a
 * weight starts alike whatever else the network holds. Fans of weights {@code [kh, kw, in, out]}
 * are {@code kh·kw·in} and {@code kh·kw·out}, of {@code [in, out]} they are in and out.
 */
public sealed interface Initializer {

  /** The values of a variable of this shape and name. */
  float[] values(Shape shape, String name, long seed);

  /** The same value everywhere. */
  record Fill(double value) implements Initializer {
    @Override
    public float[] values(Shape shape, String name, long seed) {
      float[] values = new float[shape.size()];
      Arrays.fill(values, (float) value);
      return values;
    }
  }

  /** Normal with mean 0 and the given deviation. */
  record Normal(double deviation) implements Initializer {
    @Override
    public float[] values(Shape shape, String name, long seed) {
      float[] values = new float[shape.size()];
      random(seed, name).normals(0, values, 0, values.length);
      for (int i = 0; i < values.length; i++) {
        values[i] *= (float) deviation;
      }
      return values;
    }
  }

  /** Uniform in [−bound, bound]. */
  record Uniform(double bound) implements Initializer {
    @Override
    public float[] values(Shape shape, String name, long seed) {
      float[] values = new float[shape.size()];
      random(seed, name).uniforms(0, values, 0, values.length);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * values[i] - 1) * bound);
      }
      return values;
    }
  }

  /** Normal with variance {@code 2 / fanIn}, for layers before a rectifier [He et al. 2015]. */
  record He() implements Initializer {
    @Override
    public float[] values(Shape shape, String name, long seed) {
      return new Normal(Math.sqrt(2.0 / fanIn(shape))).values(shape, name, seed);
    }
  }

  /** Uniform with variance {@code 2 / (fanIn + fanOut)} [Glorot and Bengio 2010]. */
  record Xavier() implements Initializer {
    @Override
    public float[] values(Shape shape, String name, long seed) {
      return new Uniform(Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape)))).values(shape, name, seed);
    }
  }

  /**
   * Uniform in {@code ±1/√fanIn}: what PyTorch gives convolutions and linear layers, and so what
   * the published searches started from.
   */
  record FanIn() implements Initializer {
    @Override
    public float[] values(Shape shape, String name, long seed) {
      return new Uniform(1 / Math.sqrt(fanIn(shape))).values(shape, name, seed);
    }
  }

  /** Everywhere 0. */
  static Initializer zeros() {
    return new Fill(0);
  }

  /** Everywhere 1. */
  static Initializer ones() {
    return new Fill(1);
  }

  private static Philox random(long seed, String name) {
    return Philox.of(seed, "initial value of " + name);
  }

  private static int fanIn(Shape shape) {
    return shape.dims().product(0, Math.max(0, shape.rank() - 1));
  }

  private static int fanOut(Shape shape) {
    int rank = shape.rank();
    return rank < 2 ? shape.size() : shape.dims().product(0, rank - 2) * shape.get(-1);
  }
}
