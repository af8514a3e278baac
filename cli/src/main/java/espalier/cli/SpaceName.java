package espalier.cli;

import espalier.core.catalog.ChainSpace;
import espalier.core.catalog.MnasNetSpace;
import espalier.core.catalog.MobileSpaces;
import espalier.core.catalog.SizeSpace;
import espalier.core.morph.GrowingSpace;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsSpace;
import espalier.core.space.Nb101Macro;
import espalier.core.space.Nb101Space;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Space;
import espalier.core.space.SearchSpace;
import espalier.core.study.Searchable;
import espalier.core.study.SearchableCells;
import espalier.core.study.SearchableDecisions;
import espalier.core.study.SearchableGraphs;
import espalier.core.study.SearchableGrowth;
import java.util.List;
import java.util.Optional;

/** A search space by the names users type. */
enum SpaceName {
  DARTS(Sizes.OF_CELLS, "darts"),
  NASBENCH201(Sizes.OF_CELLS, "nasbench201", "nas-bench-201", "nas_bench_201"),
  NASBENCH101(Sizes.OF_CELLS, "nasbench101", "nas-bench-101", "nas_bench_101"),
  CHAIN(Sizes.DEPTH, "chain"),
  GROWING(Sizes.WIDTH_AND_DEPTH, "growing"),
  MOBILE(Sizes.WIDTH, "mobile-small"),
  MACRO(Sizes.NONE, "nasbench-macro", "nas-bench-macro"),
  PROXYLESS(Sizes.NONE, "proxyless"),
  MNASNET(Sizes.NONE, "mnasnet"),
  ONCE_FOR_ALL(Sizes.NONE, "once-for-all"),
  SIZE(Sizes.NONE, "nats-size");

  /** Which of the options of sizes a space has. */
  private enum Sizes {
    /** Cells are repeated, other numbers of them in the search. */
    OF_CELLS,
    /** Layers have a width and a most number. */
    WIDTH_AND_DEPTH,
    /** Layers have a width. */
    WIDTH,
    /** Layers have a most number. */
    DEPTH,
    /** All is decided by the search. */
    NONE
  }

  private static final List<Integer> KERNELS = List.of(3, 5);
  private static final int STAGES = 3;
  private static final int DOUBLINGS = 4;
  private static final int LEAST_LAYERS = 2;
  private static final int MOST_LAYERS = 64;

  private final Sizes sizes;
  private final List<String> names;

  SpaceName(Sizes sizes, String... names) {
    this.sizes = sizes;
    this.names = List.of(names);
  }

  List<String> names() {
    return names;
  }

  /** Refuses sizes that the network of an architecture of this space does not have. */
  void checkTrained(Applicability options) {
    checkSizes(options);
    options.refuse(
        "--cells",
        sizes == Sizes.DEPTH,
        "does not apply to an architecture of the space %s, which says how many layers it has"
            .formatted(this));
  }

  private void checkSizes(Applicability options) {
    String reason = "does not apply to the space " + this;
    options.refuse("--channels", sizes == Sizes.NONE || sizes == Sizes.DEPTH, reason);
    options.refuse("--cells", sizes == Sizes.NONE || sizes == Sizes.WIDTH, reason);
  }

  /** Refuses sizes that this space does not have. */
  void check(Applicability options) {
    checkSizes(options);
    options.refuse(
        sizes != Sizes.OF_CELLS,
        "does not apply to the space %s, whose candidates are tried as they are".formatted(this),
        "--search-channels",
        "--search-cells");
  }

  /** The space with networks of these sizes to search in and to train. */
  Searchable<?> searchable(
      int searchChannels, int searchCells, NetworkOptions network, double dropPath) {
    return switch (this) {
      case DARTS ->
          new SearchableCells<>(
              new DartsSpace(
                  new DartsMacro(network.stem.stem(), searchChannels, searchCells, false, false),
                  network.darts(dropPath)));
      case NASBENCH201 ->
          new SearchableCells<>(
              new Nb201Space(
                  new Nb201Macro(searchChannels, searchCells),
                  new Nb201Macro(network.channels, network.cells)));
      case NASBENCH101 ->
          new SearchableGraphs(
              Nb101Space.of(new Nb101Macro(network.channels, network.cells)),
              new Nb101Macro(searchChannels, searchCells));
      case CHAIN -> new SearchableDecisions<>(ChainSpace.of(LEAST_LAYERS, network.cells));
      case GROWING -> new SearchableGrowth(growing(network));
      case MOBILE -> new SearchableDecisions<>(MobileSpaces.small(network.channels));
      case MACRO -> new SearchableDecisions<>(MobileSpaces.nasBenchMacro());
      case PROXYLESS -> new SearchableDecisions<>(MobileSpaces.proxyless());
      case MNASNET -> new SearchableDecisions<>(MnasNetSpace.standard());
      case ONCE_FOR_ALL -> new SearchableDecisions<>(MobileSpaces.onceForAll());
      case SIZE -> new SearchableDecisions<>(SizeSpace.nats());
    };
  }

  /**
   * Options for a larger network of an architecture, or a longer training where there is none, with
   * the sizes that its notation is read by.
   */
  String larger(NetworkOptions network) {
    String longer = "--budget 50epochs";
    return switch (sizes) {
      case OF_CELLS -> "--channels 36 --cells 20";
      case WIDTH_AND_DEPTH ->
          "--channels %d --cells %d %s".formatted(network.channels, network.cells, longer);
      case WIDTH -> "--channels %d %s".formatted(network.channels, longer);
      case DEPTH, NONE -> longer;
    };
  }

  /** The sizes that an architecture of this space was found with and is read by, in words. */
  Optional<String> readBy() {
    return switch (sizes) {
      case WIDTH_AND_DEPTH -> Optional.of("--channels and --cells");
      case WIDTH -> Optional.of("--channels");
      case OF_CELLS, DEPTH, NONE -> Optional.empty();
    };
  }

  /** The space of the networks that are trained for good, to read an architecture with. */
  SearchSpace<?> trained(NetworkOptions network, double dropPath) {
    return this == CHAIN
        ? ChainSpace.of(LEAST_LAYERS, MOST_LAYERS)
        : searchable(network.channels, network.cells, network, dropPath).space();
  }

  private static GrowingSpace growing(NetworkOptions network) {
    return new GrowingSpace(STAGES, network.channels, DOUBLINGS, KERNELS, network.cells);
  }

  @Override
  public String toString() {
    return names.getFirst();
  }
}
