/** Tensors, networks, training, search spaces and strategies, with no dependency but the kernels. */
module espalier.core {
  requires transitive espalier.kernels;

  exports espalier.core.plan;
  exports espalier.core.tensor;
}
