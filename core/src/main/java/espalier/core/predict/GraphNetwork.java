package espalier.core.predict;

import espalier.core.random.Philox;
import espalier.core.space.LabelledGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Graph convolutions along and against the edges, the mean over the vertices, a hidden layer and
 * one output.
 */
final class GraphNetwork implements Learner<GraphNetwork.Sample> {
  /** A convolution: ½ ReLU(F x W₁ + b₁) + ½ ReLU(B x W₂ + b₂). */
  private record Convolution(Dense along, Dense against) {}

  /**
   * A graph as the network reads it.
   *
   * @param features one row for each vertex, 1 at its label
   * @param along for each vertex itself and its sources
   * @param against for each vertex itself and its targets
   */
  record Sample(double[][] features, List<List<Integer>> along, List<List<Integer>> against) {

    /** A graph with labels of a vocabulary; other labels are like none. */
    static Sample of(LabelledGraph graph, List<String> vocabulary) {
      double[][] features = new double[graph.size()][vocabulary.size()];
      List<List<Integer>> along = new ArrayList<>();
      List<List<Integer>> against = new ArrayList<>();
      for (int vertex = 0; vertex < graph.size(); vertex++) {
        int label = vocabulary.indexOf(graph.labels().get(vertex));
        if (label >= 0) {
          features[vertex][label] = 1;
        }
        along.add(new ArrayList<>(List.of(vertex)));
        against.add(new ArrayList<>(List.of(vertex)));
        for (int source : graph.sources().get(vertex)) {
          along.get(vertex).add(source);
          against.get(source).add(vertex);
        }
      }
      return new Sample(features, along, against);
    }
  }

  /** What a convolution read and answered, per vertex. */
  private record Trace(double[][] along, double[][] against, double[][] first, double[][] second) {}

  private final List<Convolution> convolutions = new ArrayList<>();
  private final Dense hidden;
  private final Dense output;

  /** A network for samples of {@code labels} features at each vertex. */
  GraphNetwork(int labels, int layers, int width, Philox random) {
    int inputs = labels;
    for (int layer = 0; layer < layers; layer++) {
      convolutions.add(
          new Convolution(
              new Dense(inputs, width, random.trial(2L * layer)),
              new Dense(inputs, width, random.trial(2L * layer + 1))));
      inputs = width;
    }
    hidden = new Dense(width, width, random.trial(2L * layers));
    output = new Dense(width, 1, random.trial(2L * layers + 1));
  }

  private List<Trace> convolve(Sample sample) {
    List<Trace> traces = new ArrayList<>();
    double[][] x = sample.features;
    for (Convolution convolution : convolutions) {
      double[][] along = means(x, sample.along);
      double[][] against = means(x, sample.against);
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
  public double mean(Sample sample) {
    Trace last = convolve(sample).getLast();
    return output.apply(Dense.rectified(hidden.apply(Examples.means(halves(last)))))[0];
  }

  @Override
  public void backward(Sample sample, double target, double weight) {
    List<Trace> traces = convolve(sample);
    double[] pooled = Examples.means(halves(traces.getLast()));
    double[] features = Dense.rectified(hidden.apply(pooled));
    double[] error = {weight * (output.apply(features)[0] - target)};
    double[] atFeatures = Dense.passed(output.backward(features, error), features);
    double[] atPooled = hidden.backward(pooled, atFeatures);
    double[][] gradient = new double[sample.features.length][atPooled.length];
    for (double[] atVertex : gradient) {
      addScaled(atVertex, atPooled, 1.0 / gradient.length);
    }
    for (int layer = convolutions.size() - 1; layer >= 0; layer--) {
      gradient = backward(convolutions.get(layer), traces.get(layer), sample, gradient);
    }
  }

  /** The gradient of what a convolution read, from that of its answer. */
  private static double[][] backward(
      Convolution convolution, Trace trace, Sample sample, double[][] gradient) {
    double[][] dx = new double[gradient.length][trace.along[0].length];
    for (int vertex = 0; vertex < gradient.length; vertex++) {
      double[] half = new double[gradient[vertex].length];
      addScaled(half, gradient[vertex], 0.5);
      scatter(
          dx,
          sample.along.get(vertex),
          convolution.along.backward(trace.along[vertex], Dense.passed(half, trace.first[vertex])));
      scatter(
          dx,
          sample.against.get(vertex),
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
  public List<Dense> layers() {
    List<Dense> layers = new ArrayList<>(List.of(hidden, output));
    for (Convolution convolution : convolutions) {
      layers.add(convolution.along);
      layers.add(convolution.against);
    }
    return layers;
  }
}
