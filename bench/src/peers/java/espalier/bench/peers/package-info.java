/**
 * The comparison with libtorch. Compiled only with the Maven profile {@code peers}, and part of no
 * product.
 */
package espalier.bench.peers;
