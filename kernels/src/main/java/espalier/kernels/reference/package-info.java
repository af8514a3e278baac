/**
 * The oracle: every kernel call as the plainest loop over double precision. It shares no code with
 * the other backends, keeps memory of its own and answers asynchronously, so whatever runs on it
 * assumes neither {@code float[]} nor synchrony.
 */
package espalier.kernels.reference;
