/**
 * Spaces put together from choices. A {@link espalier.core.compose.Pick} says what there is to
 * decide and what a decision means; a {@link espalier.core.compose.ComposedSpace} draws, counts,
 * changes, crosses, encodes, prints and reads decisions and makes rows of choices of them, whatever
 * depends on what, and none of that has to be written again for a new space.
 */
package espalier.core.compose;
