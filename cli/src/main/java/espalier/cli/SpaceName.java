package espalier.cli;

import espalier.core.space.CellBased;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsSpace;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Space;
import java.util.List;

/** A search space by the names users type. */
enum SpaceName {
  DARTS("darts"),
  NASBENCH201("nasbench201", "nas-bench-201", "nas_bench_201");

  private final List<String> names;

  SpaceName(String... names) {
    this.names = List.of(names);
  }

  List<String> names() {
    return names;
  }

  /** The space with networks of these sizes to search in and to train. */
  CellBased<?> space(int searchChannels, int searchCells, NetworkOptions network, double dropPath) {
    return switch (this) {
      case DARTS ->
          new DartsSpace(
              new DartsMacro(network.stem.stem(), searchChannels, searchCells, false, false),
              network.darts(dropPath));
      case NASBENCH201 ->
          new Nb201Space(new Nb201Macro(searchChannels, searchCells), network.nasBench201());
    };
  }

  @Override
  public String toString() {
    return names.getFirst();
  }
}
