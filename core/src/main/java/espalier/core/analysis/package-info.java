/**
 * What is true of a whole space of architectures: its peaks, its fronts, what its parts are worth.
 */
package espalier.core.analysis;
