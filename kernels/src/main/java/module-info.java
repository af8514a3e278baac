/** Backends that compute: the interface they share, the CPU kernels and the reference. */
module espalier.kernels {
  requires static jdk.incubator.vector;
  requires static org.jspecify;
}
