package espalier.core.plan;

import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Store;

/** Results of one run, readable until the session's next run starts. */
public final class Values {
  private final Store.Results results;

  Values(Store.Results results) {
    this.results = results;
  }

  /** Result {@code index} in single precision. */
  public float[] floats(int index) {
    return floats(results.read(index));
  }

  /** Result {@code index} in double precision. */
  public double[] doubles(int index) {
    return doubles(results.read(index));
  }

  /** The only element of result {@code index}. */
  public double scalar(int index) {
    double[] values = doubles(index);
    if (values.length != 1) {
      throw new IllegalArgumentException(
          "result %d has %d elements, expected 1".formatted(index, values.length));
    }
    return values[0];
  }

  static float[] floats(HostData data) {
    return switch (data) {
      case HostData.Floats(float[] values) -> values;
      case HostData.Doubles(double[] values) -> {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
          rounded[i] = (float) values[i];
        }
        yield rounded;
      }
      case HostData.Ints(int[] values) -> {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
          rounded[i] = values[i];
        }
        yield rounded;
      }
    };
  }

  static double[] doubles(HostData data) {
    return switch (data) {
      case HostData.Doubles(double[] values) -> values;
      case HostData.Floats(float[] values) -> {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
          widened[i] = values[i];
        }
        yield widened;
      }
      case HostData.Ints(int[] values) -> {
        double[] widened = new double[values.length];
        for (int i = 0; i < values.length; i++) {
          widened[i] = values[i];
        }
        yield widened;
      }
    };
  }
}
