package espalier.core.space;

import espalier.core.nn.Network;
import java.util.List;

/**
 * A space that a supernet can cover: its architectures are cells chosen from cell spaces, one for
 * each kind of cell, within one macro network. Architecture weights are a table of edges ×
 * candidates for each cell space; a discretiser turns each table into a cell.
 */
public interface Relaxable<A> {

  /** The spaces the cells are chosen from, in a fixed order. */
  List<CellSpace> cellSpaces();

  /** The cells of an architecture, in the order of the spaces. */
  List<Cell> cells(A architecture);

  /** The architecture with these cells. */
  A ofCells(List<Cell> cells);

  /**
   * The macro network in the form for searching, its cells built by {@code builders}, one for each
   * space.
   */
  Network supernet(int classes, List<CellBuilder> builders);
}
