package espalier.core.space;

import espalier.core.io.DataException;
import espalier.core.nn.Network;
import java.util.List;

/**
 * The space of DARTS [Liu, Simonyan, Yang 2019]: a normal and a reduction cell of four nodes, each
 * summing two operations on two of the states before it; seven operations, and {@code none} as an
 * eighth candidate while searching.
 *
 * @param search the network that is searched in
 * @param evaluation the network a genotype stands for
 */
public record DartsSpace(DartsMacro search, DartsMacro evaluation) implements CellBased<Genotype> {
  private static final int NODES = 4;
  private static final int KEPT = 2;
  private static final List<CellSpace> CELL_SPACES =
      List.of(cellSpace("normal", false), cellSpace("reduce", true));

  private static CellSpace cellSpace(String name, boolean reduction) {
    List<Operation> candidates = DartsOperation.searched();
    List<Operation> choices =
        candidates.stream().filter(operation -> operation != DartsOperation.NONE).toList();
    return new CellSpace(
        name, 2, NODES, KEPT, reduction, CellSpace.Output.ALL_NODES, candidates, choices);
  }

  /** As published for CIFAR: searched with 8 cells of 16 channels, evaluated with 20 of 36. */
  public static DartsSpace cifar() {
    return new DartsSpace(DartsMacro.cifar(16, 8).plain(), DartsMacro.cifar(36, 20));
  }

  /**
   * For small images and short budgets: searched with {@code searchCells} cells of {@code
   * searchChannels} channels, evaluated with {@code cells} of {@code channels}, without auxiliary
   * head and dropped paths.
   */
  public static DartsSpace of(int searchChannels, int searchCells, int channels, int cells) {
    return new DartsSpace(
        DartsMacro.cifar(searchChannels, searchCells).plain(),
        DartsMacro.cifar(channels, cells).plain());
  }

  @Override
  public String name() {
    return "darts";
  }

  @Override
  public List<CellSpace> cellSpaces() {
    return CELL_SPACES;
  }

  @Override
  public List<Cell> cells(Genotype genotype) {
    return List.of(genotype.normal(), genotype.reduce());
  }

  @Override
  public Genotype ofCells(List<Cell> cells) {
    return new Genotype(cells.get(0), cells.get(1));
  }

  @Override
  public Network supernet(int classes, List<CellBuilder> builders) {
    return search.network(Site.Form.SEARCH, classes, builders.get(0), builders.get(1));
  }

  @Override
  public String print(Genotype genotype) {
    return GenotypeNotation.print(genotype);
  }

  /** {@inheritDoc} Genotypes of other cells can be read by {@link GenotypeNotation}. */
  @Override
  public Genotype parse(String text) {
    Genotype genotype = GenotypeNotation.parse(text);
    for (int i = 0; i < CELL_SPACES.size(); i++) {
      CELL_SPACES
          .get(i)
          .objection(cells(genotype).get(i))
          .ifPresent(objection -> {
            throw new DataException("genotype: in the space darts, " + objection);
          });
    }
    return genotype;
  }

  @Override
  public Network proxy(Genotype genotype, int classes) {
    return search.network(genotype, classes);
  }

  @Override
  public Network model(Genotype genotype, int classes) {
    return evaluation.network(genotype, classes);
  }
}
