package espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Planner;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Taking factors out of a sum changes what is summed, not what comes out. */
class FactoredSumTest {

  /** A product of factors of many shapes, some negated and some repeated, summed over some axes. */
  record Product(
      Shape shape, int from, int to, List<double[]> factors, List<Shape> shapes, int form) {
    static Product draw(Draw draw) {
      Shape shape = draw.shape(draw.between(1, 4), 120);
      int from = draw.between(0, shape.rank() - 1);
      List<Shape> shapes = new ArrayList<>(List.of(shape));
      for (int i = draw.between(0, 4); i > 0; i--) {
        shapes.add(draw.onceIn(3) ? shape : draw.repeatedTo(shape));
      }
      return new Product(
          shape,
          from,
          draw.between(from + 1, shape.rank()),
          shapes.stream().map(draw::values).toList(),
          shapes,
          draw.between(0, 1 << 12));
    }

    Tensor tensor(Graph graph) {
      Tensor product = graph.feed("f0", shapes.getFirst());
      for (int i = 1; i < shapes.size(); i++) {
        Tensor factor = graph.feed("f" + i, shapes.get(i));
        int choice = form >> (2 * i) & 3;
        product =
            switch (choice) {
              case 0 -> product.mul(factor);
              case 1 -> factor.mul(product);
              case 2 -> product.mul(factor.neg());
              default -> product.neg().mul(factor.broadcast(shape));
            };
      }
      return product;
    }
  }

  @Provide
  Arbitrary<Product> products() {
    return Arbitraries.randomValue((Random random) -> Product.draw(new Draw(random)));
  }

  @Property(tries = 500, seed = "211")
  void aSumOfProductsIsWhatAddingThemOneByOneGives(@ForAll("products") Product product) {
    Graph graph = new Graph();
    Tensor terms = product.tensor(graph);
    Tensor sum = terms.sum(product.from(), product.to());
    Map<String, HostData> feeds = new LinkedHashMap<>();
    for (int i = 0; i < product.factors().size(); i++) {
      feeds.put("f" + i, HostData.of(product.factors().get(i)));
    }
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      Executable executable =
          session.compile(new Computation(graph, List.of(terms, sum), Map.of()));
      Values values = session.run(executable, feeds);
      double[] expected = new double[sum.shape().size()];
      double[] found = values.doubles(0);
      int inner = product.shape().dims().product(product.to(), product.shape().rank());
      int reduced = product.shape().dims().product(product.from(), product.to());
      for (int e = 0; e < found.length; e++) {
        expected[e / (reduced * inner) * inner + e % inner] += found[e];
      }
      double[] sums = values.doubles(1);
      for (int e = 0; e < sums.length; e++) {
        assertThat(sums[e]).isCloseTo(expected[e], within(1e-12));
      }
    }
  }

  @Example
  void theBackwardPassOfAWeightedNormalisationSumsTheGradientOnceAndEachProductOnce() {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    int terms = 3;
    Shape shape = Shape.of(4, 5, 5, 8);
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> weights = new ArrayList<>();
    Tensor mixture = graph.constant(0, shape);
    for (int i = 0; i < terms; i++) {
      inputs.add(graph.feed("x" + i, shape));
      weights.add(graph.feed("w" + i, Shape.of(1, 1)));
      Tensor value = BatchNorm.withoutAffine().apply(scope.child("n" + i), inputs.get(i));
      mixture = mixture.add(value.mul(weights.get(i)));
    }
    Tensor loss = mixture.mul(graph.feed("target", shape)).sum();
    List<Tensor> wrt = new ArrayList<>(inputs);
    wrt.addAll(weights);
    List<Tensor> gradients = Gradients.of(loss, wrt);
    long large =
        Planner.plan(new Computation(graph, gradients, Map.of())).steps().stream()
            .filter(step ->
                step.call() instanceof Call.Reduce reduce
                    && reduce.shape().product() == shape.size())
            .mapToLong(step -> step.call().writes().size())
            .sum();
    assertThat(large).as("sums over all pixels").isEqualTo(1 + terms);
  }
}
