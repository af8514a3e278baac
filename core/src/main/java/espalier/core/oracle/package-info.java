/**
 * Training every network of a small space once and for all, so that searches can be proved on it.
 */
package espalier.core.oracle;
