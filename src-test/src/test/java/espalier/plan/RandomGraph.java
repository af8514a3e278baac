package espalier.plan;

import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Fn;
import espalier.tensor.Draw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A random expression over images, and what to compute of it. */
final class RandomGraph {
  private static final int MOST_ELEMENTS = 400;
  private static final List<Fn> UNARY =
      List.of(Fn.NEG, Fn.ABS, Fn.RELU, Fn.TANH, Fn.SIGMOID, Fn.SQRT, Fn.EXP);
  private static final List<Fn> BINARY =
      List.of(Fn.ADD, Fn.SUB, Fn.MUL, Fn.DIV, Fn.MAX, Fn.MIN, Fn.GREATER, Fn.GREATER_EQUAL, Fn.ADD);

  final Graph graph = new Graph();
  final Map<String, double[]> feeds = new LinkedHashMap<>();
  final Map<String, double[]> variables = new LinkedHashMap<>();
  final List<Tensor> tensors = new ArrayList<>();
  final List<Tensor> results = new ArrayList<>();
  final Map<String, Tensor> assigns = new LinkedHashMap<>();
  private final Shape image;
  private final Draw draw;

  RandomGraph(Draw draw) {
    this.draw = draw;
    image = draw.shape(4, 120);
    leaves();
    for (int steps = draw.between(1, 25); steps > 0; steps--) {
      grow();
    }
    if (draw.onceIn(2)) {
      differentiate();
    }
    for (int r = draw.between(1, 4); r > 0; r--) {
      results.add(draw.of(tensors));
    }
    results.add(tensors.getLast());
    assign("a");
    assign("b");
    assign("fresh");
  }

  /** Values of all feeds and variables by name. */
  Map<String, double[]> leafValues() {
    Map<String, double[]> all = new LinkedHashMap<>(feeds);
    all.putAll(variables);
    return all;
  }

  private void leaves() {
    Shape channels = Shape.of(1, 1, 1, image.get(3));
    Shape images = Shape.of(image.get(0), 1, 1, 1);
    Shape rows = Shape.of(image.get(1), 1, image.get(3));
    feed("image", image);
    feed("channels", channels);
    feed("images", images);
    feed("rows", rows);
    feed("scalar", Shape.SCALAR);
    variable("a");
    variable("b");
    tensors.add(graph.constant(0.75));
    tensors.add(graph.constant(1));
    tensors.add(graph.constant(-0.5, draw.of(List.of(image, channels, rows))));
  }

  private void feed(String name, Shape shape) {
    feeds.put(name, draw.values(shape));
    tensors.add(graph.feed(name, shape));
  }

  private void variable(String name) {
    variables.put(name, draw.values(image));
    tensors.add(graph.variable(name, image));
  }

  private void grow() {
    Tensor x = draw.onceIn(2) ? tensors.getLast() : draw.of(tensors);
    switch (draw.between(0, 12)) {
      case 0, 1, 2 -> tensors.add(graph.applyOne(new Pointwise(draw.of(UNARY)), x));
      case 3, 4, 5, 6 -> combine(x);
      case 7 -> tensors.add(x.broadcast(enlarged(x.shape())));
      case 8 -> reduce(x);
      case 9 -> tensors.add(x.reshape(refactored(x.shape())));
      case 10 -> tensors.add(draw.onceIn(2) ? x.stopGradient() : x.mul(1));
      case 11 -> tensors.add(x.permute(rotation(x.shape().rank())));
      default -> {
        if (x.shape().rank() > 1) {
          tensors.add(x.moments().get(draw.between(0, 1)));
        }
      }
    }
  }

  private void combine(Tensor x) {
    for (int tries = 0; tries < 10; tries++) {
      Tensor other = draw.of(tensors);
      if (compatible(x.shape(), other.shape())) {
        Pointwise op = new Pointwise(draw.of(BINARY));
        tensors.add(draw.onceIn(2) ? graph.applyOne(op, x, other) : graph.applyOne(op, other, x));
        return;
      }
    }
  }

  private static boolean compatible(Shape a, Shape b) {
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      if (a.get(-i) != b.get(-i) && a.get(-i) != 1 && b.get(-i) != 1) {
        return false;
      }
    }
    return Shape.broadcast("combine", a, b).size() <= MOST_ELEMENTS;
  }

  private void reduce(Tensor x) {
    if (x.shape().rank() > 0) {
      int from = draw.between(0, x.shape().rank() - 1);
      int to = draw.between(from + 1, x.shape().rank());
      tensors.add(draw.onceIn(3) ? x.max(from, to) : x.sum(from, to));
    }
  }

  private Shape enlarged(Shape shape) {
    Shape larger = shape;
    for (int a = 0; a < shape.rank(); a++) {
      if (shape.get(a) == 1 && draw.onceIn(2)) {
        larger = larger.with(a, draw.extent());
      }
    }
    if (draw.onceIn(3)) {
      int[] extents = new int[larger.rank() + 1];
      extents[0] = draw.between(1, 2);
      System.arraycopy(larger.dims().toArray(), 0, extents, 1, larger.rank());
      larger = Shape.of(extents);
    }
    return larger.size() <= MOST_ELEMENTS ? larger : shape;
  }

  private Shape refactored(Shape shape) {
    int size = shape.size();
    List<Shape> shapes =
        new ArrayList<>(List.of(Shape.of(size), Shape.of(size, 1), Shape.of(1, 1, size)));
    if (size == image.size()) {
      shapes.add(image);
      shapes.add(Shape.of(image.get(0) * image.get(1), image.get(2), image.get(3)));
    }
    return draw.of(shapes);
  }

  private int[] rotation(int rank) {
    int[] order = new int[rank];
    int first = draw.between(0, Math.max(0, rank - 1));
    for (int a = 0; a < rank; a++) {
      order[a] = (a + first) % rank;
    }
    return order;
  }

  private void differentiate() {
    Tensor y = draw.of(tensors);
    Tensor seed = graph.constant(0.5, y.shape());
    List<Tensor> wrt = List.of(draw.of(tensors), draw.of(tensors), graph.variable("a", image));
    tensors.addAll(Gradients.of(y, seed, wrt));
  }

  private void assign(String variable) {
    List<Tensor> fitting = tensors.stream().filter(tensor -> tensor.shape().equals(image)).toList();
    if (!draw.onceIn(3)) {
      Tensor value = draw.onceIn(2) ? fitting.getLast() : draw.of(fitting);
      assigns.put(variable, value);
      variables.putIfAbsent(variable, draw.values(image));
    }
  }
}
