package espalier.core.space;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import java.util.ArrayList;
import java.util.List;

/**
 * An architecture as JSON: the name of its space, its notation, and its cells, if it has any, spelt
 * out for other programs. The notation is what counts; {@code cells} may be left out, and must
 * agree if present.
 */
public final class GenotypeJson {
  private static final int FORMAT = 1;

  private GenotypeJson() {}

  /** The architecture as a document. */
  public static <A> Json.Obj write(SearchSpace<A> space, A architecture) {
    Json.Obj document =
        Json.object()
            .with("format", Json.of(FORMAT))
            .with("space", Json.of(space.name()))
            .with("notation", Json.of(space.print(architecture)));
    return space instanceof CellBased<A> ofCells
        ? document.with("cells", cells(ofCells, architecture))
        : document;
  }

  private static <A> Json cells(CellBased<A> space, A architecture) {
    List<Json> cells = new ArrayList<>();
    for (Cell cell : space.cells(architecture)) {
      String name = space.cellSpaces().get(cells.size()).name();
      List<Json> nodes = new ArrayList<>();
      for (List<Cell.Edge> edges : cell.nodes()) {
        nodes.add(
            Json.object()
                .with("state", Json.of(cell.inputs() + nodes.size()))
                .with("edges", Json.array(edges.stream().map(GenotypeJson::edge).toList())));
      }
      cells.add(
          Json.object()
              .with("name", Json.of(name))
              .with("inputs", Json.of(cell.inputs()))
              .with("nodes", Json.array(nodes))
              .with("outputs", Json.array(cell.outputs().stream().map(Json::of).toList())));
    }
    return Json.array(cells);
  }

  private static Json edge(Cell.Edge edge) {
    return Json.object()
        .with("from", Json.of(edge.from()))
        .with("operation", Json.of(edge.operation().label()));
  }

  /**
   * The architecture a document holds.
   *
   * @throws DataException naming the document's file and the place in it
   */
  public static <A> A read(SearchSpace<A> space, JsonDocument document) {
    if (space instanceof CellBased<A>) {
      document.allowOnly("format", "space", "notation", "cells");
    } else {
      document.allowOnly("format", "space", "notation");
    }
    if (document.integer("format") != FORMAT) {
      throw document.get("format").error("must be %d".formatted(FORMAT));
    }
    if (!document.string("space").equals(space.name())) {
      throw document
          .get("space")
          .error("is '%s', expected '%s'".formatted(document.string("space"), space.name()));
    }
    A architecture = parse(space, document.get("notation"));
    if (space instanceof CellBased<A> ofCells
        && document.has("cells")
        && !document.get("cells").value().equals(cells(ofCells, architecture))) {
      throw document
          .get("cells")
          .error("must describe the architecture that 'notation' does; correct one, or drop it");
    }
    return architecture;
  }

  private static <A> A parse(SearchSpace<A> space, JsonDocument notation) {
    try {
      return space.parse(notation.asString());
    } catch (DataException malformed) {
      DataException located = notation.error("cannot be read: " + malformed.getMessage());
      located.initCause(malformed);
      throw located;
    }
  }
}
