package espalier.core.space;

/**
 * Where a macro network puts a cell.
 *
 * @param index of the cell within the network
 * @param channels of every node
 * @param reduction whether the cell halves the image: edges from its inputs then have stride 2
 * @param form of the network
 */
public record CellPlace(int index, int channels, boolean reduction, Site.Form form) {

  /** The site of an operation on an edge that comes from a cell's input, or from a node. */
  public Site site(boolean fromInput) {
    return new Site(channels, reduction && fromInput ? 2 : 1, form);
  }
}
