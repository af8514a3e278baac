<<<<<<< HEAD
/** Tensors, networks, training, search spaces and strategies, with no dependency but the kernels. */
module espalier.core {
  requires transitive espalier.kernels;

  exports espalier.core.plan;
  exports espalier.core.tensor;
=======
/** The engine: tensors, networks, training, search spaces, strategies and studies. */
module espalier.core {
  requires transitive espalier.kernels;
  requires static org.jspecify;
>>>>>>> h-build
}
