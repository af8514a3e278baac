/**
 * Labelled images, their splits, and mini-batches. Splits are types, so that code which searches
 * cannot be handed test images; batches are addressed by step, so that resuming is counting.
 */
package espalier.core.data;
