package espalier.core.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where the parts of a cell's drawing lie: layers from left to right, places within each layer. */
final class CellLayout {
  /*
   * Layered drawing [Sugiyama, Tagawa, Toda 1981]. States stand on even layers by their longest
   * path from an input, an edge's operation on the odd layer before its target; a connection that
   * passes a layer holds a place in it, so nothing is drawn across anything else. Places are
   * ordered by the mean of their neighbours, sweeping back and forth, and then moved towards that
   * mean as far as order and distance allow: isotonic regression by pooling adjacent violators.
   */
  private static final int SWEEPS = 24;

  /** What stands at a place. */
  enum Kind {
    INPUT,
    NODE,
    OPERATION,
    OUTPUT,
    /** A connection passing. */
    BEND
  }

  /** A place: its layer, and its vertical centre once laid out. */
  static final class Place {
    final Kind kind;
    final int layer;
    final double height;

    /** The state's number, or the edge's within its node. */
    final int number;

    final List<Place> before = new ArrayList<>();
    final List<Place> after = new ArrayList<>();
    double y;

    Place(Kind kind, int layer, double height, int number) {
      this.kind = kind;
      this.layer = layer;
      this.height = height;
      this.number = number;
    }
  }

  /** A line from a state through bends and maybe an operation to a state. */
  record Line(List<Place> places, boolean isOutput) {}

  /** An operation and where it stands. */
  record Label(Place place, Operation operation) {}

  final List<List<Place>> layers = new ArrayList<>();
  final List<Line> lines = new ArrayList<>();
  final List<Label> labels = new ArrayList<>();
  private final List<Place> states = new ArrayList<>();

  CellLayout(Cell cell) {
    for (int i = 0; i < cell.inputs(); i++) {
      states.add(place(Kind.INPUT, 0, 46, i));
    }
    for (List<Cell.Edge> edges : cell.nodes()) {
      int deepest = edges.stream().mapToInt(e -> states.get(e.from()).layer).max().orElseThrow();
      Place node = place(Kind.NODE, deepest + 2, 46, states.size());
      for (int i = 0; i < edges.size(); i++) {
        Place operation = place(Kind.OPERATION, node.layer - 1, 34, i);
        labels.add(new Label(operation, edges.get(i).operation()));
        List<Place> path = new ArrayList<>();
        pass(path, states.get(edges.get(i).from()), operation);
        path.add(node);
        connect(path, false);
      }
      states.add(node);
    }
    int last = states.stream().mapToInt(state -> state.layer).max().orElseThrow();
    Place output = place(Kind.OUTPUT, last + 1, 46, 0);
    for (int state : cell.outputs()) {
      List<Place> path = new ArrayList<>();
      pass(path, states.get(state), output);
      connect(path, true);
    }
    order();
    settle();
  }

  private Place place(Kind kind, int layer, double height, int number) {
    while (layers.size() <= layer) {
      layers.add(new ArrayList<>());
    }
    Place place = new Place(kind, layer, height, number);
    layers.get(layer).add(place);
    return place;
  }

  /** Appends {@code from}, a bend on each layer between, and {@code to}. */
  private void pass(List<Place> path, Place from, Place to) {
    path.add(from);
    for (int layer = from.layer + 1; layer < to.layer; layer++) {
      path.add(place(Kind.BEND, layer, 14, 0));
    }
    path.add(to);
  }

  private void connect(List<Place> path, boolean isOutput) {
    for (int i = 1; i < path.size(); i++) {
      path.get(i - 1).after.add(path.get(i));
      path.get(i).before.add(path.get(i - 1));
    }
    lines.add(new Line(path, isOutput));
  }

  private void order() {
    layers.forEach(CellLayout::stack);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      boolean forward = sweep % 2 == 0;
      for (List<Place> layer : forward ? layers : layers.reversed()) {
        if (layer.getFirst().layer > 0) {
          layer.sort(Comparator.comparingDouble(p -> mean(p, forward ? p.before : p.after)));
        }
        stack(layer);
      }
    }
  }

  private static double mean(Place place, List<Place> neighbours) {
    return neighbours.stream().mapToDouble(p -> p.y).average().orElse(place.y);
  }

  /** Puts places one under another around 0. */
  private static void stack(List<Place> layer) {
    double y = -layer.stream().mapToDouble(p -> p.height).sum() / 2;
    for (Place place : layer) {
      place.y = y + place.height / 2;
      y += place.height;
    }
  }

  private void settle() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (List<Place> layer : sweep % 2 == 0 ? layers : layers.reversed()) {
        double[] wanted = new double[layer.size()];
        for (int i = 0; i < wanted.length; i++) {
          Place place = layer.get(i);
          List<Place> neighbours = new ArrayList<>(place.before);
          neighbours.addAll(place.after);
          wanted[i] = mean(place, neighbours);
        }
        fit(layer, wanted);
      }
    }
  }

  /** The places nearest to the wanted ones, in order and without overlap. */
  private static void fit(List<Place> layer, double[] wanted) {
    int n = wanted.length;
    double[] least = new double[n];
    for (int i = 1; i < n; i++) {
      least[i] = least[i - 1] + (layer.get(i - 1).height + layer.get(i).height) / 2;
    }
    double[] sums = new double[n];
    int[] counts = new int[n];
    int blocks = 0;
    for (int i = 0; i < n; i++) {
      sums[blocks] = wanted[i] - least[i];
      counts[blocks++] = 1;
      while (blocks > 1
          && sums[blocks - 2] / counts[blocks - 2] > sums[blocks - 1] / counts[blocks - 1]) {
        blocks--;
        sums[blocks - 1] += sums[blocks];
        counts[blocks - 1] += counts[blocks];
      }
    }
    int i = 0;
    for (int block = 0; block < blocks; block++) {
      for (int k = 0; k < counts[block]; k++, i++) {
        layer.get(i).y = sums[block] / counts[block] + least[i];
      }
    }
  }
}
