package espalier.core.predict;

import espalier.core.random.Philox;
import espalier.core.space.LabelledGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Graph convolutions along and against the edges, the mean over the vertices, a hidden layer and one
 * output.
 */
final class GraphNetwork implements Learner<LabelledGraph> {
  /** A convolution: ½ ReLU(F x W₁ + b₁) + ½ ReLU(B x W₂ + b₂). */
  private record Convolution(Dense along, Dense against) {}

  /** A graph's neighbourhoods: itself and its sources, itself and its targets, per vertex. */
  private record Neighbourhoods(List<List<Integer>> along, List<List<Integer>> against) {
    static Neighbourhoods of(LabelledGraph graph) {
      List<List<Integer>> along = new ArrayList<>();
      List<List<Integer>> against = new ArrayList<>();
      for (int vertex = 0; vertex < graph.size(); vertex++) {
        along.add(new ArrayList<>(List.of(vertex)));
        against.add(new ArrayList<>(List.of(vertex)));
        for (int source : graph.sources().get(vertex)) {
          along.get(vertex).add(source);
          against.get(source).add(vertex);
        }
      }
      return new Neighbourhoods(along, against);
    }
  }

  /** What a convolution read and answered, per vertex. */
  private record Trace(double[][] along, double[][] against, double[][] first, double[][] second) {}

  private final List<String> vocabulary;
  private final List<Convolution> convolutions = new ArrayList<>();
  private final Dense hidden;
  private final Dense output;

  /** A network for graphs labelled from a vocabulary; other labels are like none. */
  GraphNetwork(List<String> vocabulary, int layers, int width, Philox random) {
    this.vocabulary = vocabulary;
    int inputs = vocabulary.size();
    for (int layer = 0; layer < layers; layer++) {
      convolutions.add(
          new Convolution(
              new Dense(inputs, width, random.trial(2 * layer)),
              new Dense(inputs, width, random.trial(2 * layer + 1))));
      inputs = width;
    }
    hidden = new Dense(width, width, random.trial(2 * layers));
    output = new Dense(width, 1, random.trial(2 * layers + 1));
  }

  private double[][] oneHot(LabelledGraph graph) {
    double[][] x = new double[graph.size()][vocabulary.size()];
    for (int vertex = 0; vertex < x.length; vertex++) {
      int label = vocabulary.indexOf(graph.labels().get(vertex));
      if (label >= 0) {
        x[vertex][label] = 1;
      }
    }
    return x;
  }

  private List<Trace> convolve(LabelledGraph graph, Neighbourhoods near) {
    List<Trace> traces = new ArrayList<>();
    double[][] x = oneHot(graph);
    for (Convolution convolution : convolutions) {
      double[][] along = means(x, near.along);
      double[][] against = means(x, near.against);
      Trace trace =
          new Trace(
              along,
              against,
              rectified(convolution.along, along),
              rectified(convolution.against, against));
      traces.add(trace);
      x = halves(trace);
    }
    return traces;
  }

  private static double[][] rectified(Dense layer, double[][] x) {
    double[][] y = new double[x.length][];
    for (int vertex = 0; vertex < x.length; vertex++) {
      y[vertex] = Dense.rectified(layer.apply(x[vertex]));
    }
    return y;
  }

  private static double[][] halves(Trace trace) {
    double[][] y = new double[trace.first.length][trace.first[0].length];
    for (int vertex = 0; vertex < y.length; vertex++) {
      for (int j = 0; j < y[vertex].length; j++) {
        y[vertex][j] = (trace.first[vertex][j] + trace.second[vertex][j]) / 2;
      }
    }
    return y;
  }

  private static double[][] means(double[][] x, List<List<Integer>> near) {
    double[][] means = new double[x.length][x[0].length];
    for (int vertex = 0; vertex < x.length; vertex++) {
      for (int other : near.get(vertex)) {
        addScaled(means[vertex], x[other], 1.0 / near.get(vertex).size());
      }
    }
    return means;
  }

  private static void addScaled(double[] sum, double[] x, double scale) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += scale * x[j];
    }
  }

  @Override
  public double mean(LabelledGraph graph) {
    Trace last = convolve(graph, Neighbourhoods.of(graph)).getLast();
    return output.apply(Dense.rectified(hidden.apply(Examples.means(halves(last)))))[0];
  }

  @Override
  public void backward(LabelledGraph graph, double target, double weight) {
    Neighbourhoods near = Neighbourhoods.of(graph);
    List<Trace> traces = convolve(graph, near);
    double[] pooled = Examples.means(halves(traces.getLast()));
    double[] features = Dense.rectified(hidden.apply(pooled));
    double[] error = {weight * (output.apply(features)[0] - target)};
    double[] atFeatures = Dense.passed(output.backward(features, error), features);
    double[] atPooled = hidden.backward(pooled, atFeatures);
    double[][] gradient = new double[graph.size()][atPooled.length];
    for (double[] atVertex : gradient) {
      addScaled(atVertex, atPooled, 1.0 / graph.size());
    }
    for (int layer = convolutions.size() - 1; layer >= 0; layer--) {
      gradient = backward(convolutions.get(layer), traces.get(layer), near, gradient);
    }
  }

  /** The gradient of what a convolution read, from that of its answer. */
  private static double[][] backward(
      Convolution convolution, Trace trace, Neighbourhoods near, double[][] gradient) {
    double[][] dx = new double[gradient.length][trace.along[0].length];
    for (int vertex = 0; vertex < gradient.length; vertex++) {
      double[] half = new double[gradient[vertex].length];
      addScaled(half, gradient[vertex], 0.5);
      scatter(
          dx,
          near.along.get(vertex),
          convolution.along.backward(
              trace.along[vertex], Dense.passed(half, trace.first[vertex])));
      scatter(
          dx,
          near.against.get(vertex),
          convolution.against.backward(
              trace.against[vertex], Dense.passed(half, trace.second[vertex])));
    }
    return dx;
  }

  private static void scatter(double[][] dx, List<Integer> near, double[] gradient) {
    for (int other : near) {
      addScaled(dx[other], gradient, 1.0 / near.size());
    }
  }

  @Override
  public void step(double rate) {
    for (Convolution convolution : convolutions) {
      convolution.along.step(rate);
      convolution.against.step(rate);
    }
    hidden.step(rate);
    output.step(rate);
  }
}
