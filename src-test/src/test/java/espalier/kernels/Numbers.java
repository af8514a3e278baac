package espalier.kernels;

import espalier.kernels.spi.HostData;
import java.util.Arrays;

/** Host values as doubles, whatever they came as. */
final class Numbers {
  private Numbers() {}

  static double[] of(HostData data) {
    return switch (data) {
      case HostData.Doubles(double[] values) -> values;
      case HostData.Ints(int[] values) -> Arrays.stream(values).asDoubleStream().toArray();
      case HostData.Floats(float[] values) -> {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = values[i];
        }
        yield wide;
      }
    };
  }

  static double[] magnitudes(HostData data) {
    return Arrays.stream(of(data)).map(Math::abs).toArray();
  }

  /** Bits of the values as floats, every NaN alike. */
  static int[] bits(HostData data) {
    double[] values = of(data);
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToIntBits((float) values[i]);
    }
    return bits;
  }
}
