/**
 * Networks that take a sequence word by word: cells as a family, the space of cells that ENAS and
 * DARTS searched, and the language model around a cell.
 */
package espalier.core.recurrent;
