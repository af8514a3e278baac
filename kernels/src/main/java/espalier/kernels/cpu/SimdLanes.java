package espalier.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of this process: a constant, which is all the compiler needs to see through it.
 */
final class SimdLanes {
  /** Vectors of floats, as {@link VectorBits} forces them, else as the machine prefers them. */
  static final VectorSpecies<Float> F = species();

  private SimdLanes() {}

  private static VectorSpecies<Float> species() {
    var bits = VectorBits.forced();
    return bits.isPresent()
        ? VectorSpecies.of(float.class, VectorShape.forBitSize(bits.getAsInt()))
        : FloatVector.SPECIES_PREFERRED;
  }
}
