package espalier.study;

import espalier.core.nn.Network;
import espalier.core.space.Cell;
import espalier.core.space.CellBased;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellSpace;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Operation;
import espalier.core.space.Nb201Space;
import java.util.List;

/** The cells of NAS-Bench-201 without the operation none, so that all see their images. */
record ConnectedSpace(Nb201Space whole) implements CellBased<Cell> {

  /** Small networks, quickly searched and trained. */
  static ConnectedSpace of(int channels) {
    Nb201Macro macro = new Nb201Macro(channels, 1);
    return new ConnectedSpace(new Nb201Space(macro, macro));
  }

  @Override
  public String name() {
    return "connected";
  }

  @Override
  public List<CellSpace> cellSpaces() {
    CellSpace cells = whole.cellSpaces().getFirst();
    return List.of(
        new CellSpace(
            cells.name(),
            cells.inputs(),
            cells.nodes(),
            cells.kept(),
            cells.reduction(),
            cells.output(),
            cells.candidates(),
            cells.choices().stream().filter(choice -> choice != Nb201Operation.NONE).toList()));
  }

  @Override
  public List<Cell> cells(Cell cell) {
    return List.of(cell);
  }

  @Override
  public Cell ofCells(List<Cell> cells) {
    return cells.getFirst();
  }

  @Override
  public Network supernet(int classes, List<CellBuilder> builders) {
    return whole.supernet(classes, builders);
  }

  @Override
  public String print(Cell cell) {
    return whole.print(cell);
  }

  @Override
  public Cell parse(String text) {
    return whole.parse(text);
  }

  @Override
  public Network model(Cell cell, int classes) {
    return whole.model(cell, classes);
  }
}
