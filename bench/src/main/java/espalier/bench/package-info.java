/**
 * Benchmarks. A {@link espalier.bench.Work} is defined once, is checked against the reference
 * before it is timed, and is timed both by JMH and by the comparison with libtorch.
 */
package espalier.bench;
