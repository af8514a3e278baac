package espalier.kernels.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** A class of kernels instantiated for vectors of several widths, and for ways to walk. */
final class SimdWidths {
  /*
   * The compiler sees through the Vector API only where the species is a constant, and the body of
   * a tile is too large to be inlined where its caller knows one: the constant has to be a static
   * final of the tile's own class. So a tile is written once over such a species, and for vectors
   * narrower than the process's its class is defined again, as a hidden class whose class data is
   * their shape. What else has to be a constant of a tile comes the same way. What is instantiated
   * has no state, is made once per process and never again.
   *
   * Such a class calls lanewise(FMA, ..) where fma(..) would do the same. The call of lanewise
   * inside fma has seen vectors of all widths, and the compiler makes a branch for each width it
   * has seen there; where those meet, vectors become objects, and a tile ten times slower. A call
   * in the class's own code has seen one width only.
   */
  private static final List<VectorShape> SHAPES =
      List.of(VectorShape.S_512_BIT, VectorShape.S_256_BIT, VectorShape.S_128_BIT);

  private static final ConcurrentMap<Instance, Object> MADE = new ConcurrentHashMap<>();

  private SimdWidths() {}

  /** The species of the class that asks: of its class data, the process's where it has none. */
  static VectorSpecies<Float> species(MethodHandles.Lookup user) {
    return VectorSpecies.of(float.class, form(user).shape);
  }

  /** Source elements from pixel to pixel for which the class that asks was made; 0 for any. */
  static int sourcePixel(MethodHandles.Lookup user) {
    return form(user).sourcePixel;
  }

  /** Source elements from tap to tap for which the class that asks was made; 0 for any. */
  static int sourceTap(MethodHandles.Lookup user) {
    return form(user).sourceTap;
  }

  /** Target elements from pixel to pixel for which the class that asks was made; 0 for any. */
  static int targetPixel(MethodHandles.Lookup user) {
    return form(user).targetPixel;
  }

  /** Strides of a product for which the class that asks was made. */
  static FixedStrides strides(MethodHandles.Lookup user) {
    return form(user).strides;
  }

  private static Form form(MethodHandles.Lookup user) {
    try {
      Form form = MethodHandles.classData(user, ConstantDescs.DEFAULT_NAME, Form.class);
      return form == null ? Form.of(SimdLanes.F.vectorShape()) : form;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("vector species: " + user + " hides its class data", e);
    }
  }

  /**
   * Instances of the class of {@code widest}, widest vectors first: itself, and one for each
   * narrower width.
   *
   * @param <T> what the instances are used as
   * @param widest of a class that has no state and takes its species from {@link #species}
   */
  static <T> List<T> all(Class<T> type, T widest) {
    List<T> instances = new ArrayList<>(List.of(widest));
    for (VectorShape shape : SHAPES) {
      if (shape.vectorBitSize() < SimdLanes.F.vectorBitSize()) {
        instances.add(type.cast(instance(widest.getClass().getSimpleName(), Form.of(shape))));
      }
    }
    return List.copyOf(instances);
  }

  /**
   * The instance of a class of tiles for vectors of so many lanes and for such strides, made when
   * it is first asked for.
   *
   * @param tile has no state and takes its constants from this class
   */
  static ProductTile tile(Class<? extends ProductTile> tile, int lanes, FixedStrides strides) {
    String name = tile.getSimpleName().replaceFirst("/.*", ""); // of hidden classes, a suffix
    VectorShape shape = VectorShape.forBitSize(lanes * Float.SIZE);
    return (ProductTile) made(name, new Form(shape, strides, 0, 0, 0));
  }

  /**
   * The instance of the class of that name for pixels and taps that are so many elements apart,
   * made when it is first asked for.
   *
   * @param <T> what the instance is used as
   */
  static <T> T apart(
      Class<T> type,
      String name,
      VectorShape shape,
      int sourcePixel,
      int sourceTap,
      int targetPixel) {
    Form form = new Form(shape, FixedStrides.ALONG_TERMS, sourcePixel, sourceTap, targetPixel);
    return type.cast(made(name, form));
  }

  private static Object made(String name, Form form) {
    return MADE.computeIfAbsent(new Instance(name, form), key -> instance(key.name, key.form));
  }

  private static Object instance(String name, Form form) {
    String file = name + ".class";
    try (InputStream in = SimdWidths.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("vector species: " + file + " is not beside its class");
      }
      MethodHandles.Lookup hidden =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), form, true);
      return hidden
          .findConstructor(hidden.lookupClass(), MethodType.methodType(void.class))
          .invoke();
    } catch (IOException e) {
      throw new UncheckedIOException("vector species: " + file + " cannot be read", e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("vector species: " + file + " has no plain constructor", e);
    }
  }

  /** The constants of one instantiation. */
  private record Form(
      VectorShape shape, FixedStrides strides, int sourcePixel, int sourceTap, int targetPixel) {
    static Form of(VectorShape shape) {
      return new Form(shape, FixedStrides.ALONG_TERMS, 0, 0, 0);
    }
  }

  private record Instance(String name, Form form) {}
}
