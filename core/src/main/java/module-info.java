/** The engine: tensors, networks, training, search spaces, strategies and studies. */
module espalier.core {
  requires transitive espalier.kernels;
  requires static org.jspecify;
}
