package espalier.core.nn;

import espalier.core.io.StoredTensor;
import espalier.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * How variables lie in a weights file: as other tools expect them. Convolution weights [kh, kw, in,
 * out], which are the variables of four axes, are stored [out, in, kh, kw]; linear weights [in,
 * out], those of two axes, [out, in]; all others as they are.
 */
final class WeightLayout {
  private WeightLayout() {}

  /** For each axis in the file, the axis of the variable. */
  private static int[] order(int rank) {
    return switch (rank) {
      case 2 -> new int[] {1, 0};
      case 4 -> new int[] {3, 2, 0, 1};
      default -> identity(rank);
    };
  }

  private static int[] identity(int rank) {
    int[] order = new int[rank];
    for (int a = 0; a < rank; a++) {
      order[a] = a;
    }
    return order;
  }

  /** The shape in the file of a variable of this shape. */
  static List<Integer> stored(Shape variable) {
    List<Integer> shape = new ArrayList<>();
    for (int axis : order(variable.rank())) {
      shape.add(variable.get(axis));
    }
    return List.copyOf(shape);
  }

  /** The tensor in the file that holds a variable's values. */
  static StoredTensor.F32 store(Shape variable, float[] values) {
    float[] moved = new float[values.length];
    int[] places = places(variable);
    for (int i = 0; i < moved.length; i++) {
      moved[i] = values[places[i]];
    }
    return new StoredTensor.F32(stored(variable), moved);
  }

  /** A variable's values out of the file. */
  static float[] load(Shape variable, float[] stored) {
    float[] values = new float[stored.length];
    int[] places = places(variable);
    for (int i = 0; i < stored.length; i++) {
      values[places[i]] = stored[i];
    }
    return values;
  }

  /** For each element in the file, in order, its position in the variable. */
  private static int[] places(Shape variable) {
    int[] order = order(variable.rank());
    int[] places = new int[variable.size()];
    int[] index = new int[order.length];
    for (int i = 0; i < places.length; i++) {
      int place = 0;
      for (int a = 0; a < order.length; a++) {
        place += index[a] * variable.strides().get(order[a]);
      }
      places[i] = place;
      for (int a = order.length - 1; a >= 0 && ++index[a] == variable.get(order[a]); a--) {
        index[a] = 0;
      }
    }
    return places;
  }
}
