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
   * @param labels the feature of each vertex that is 1; -1 if all are 0
   * @param along for each vertex itself and its sources
   * @param against for each vertex itself and its targets
   */
  record Sample(List<Integer> labels, List<List<Integer>> along, List<List<Integer>> against) {

    /** A graph with labels of a vocabulary; other labels are like none. */
    static Sample of(LabelledGraph graph, List<String> vocabulary) {
      List<Integer> labels = graph.labels().stream().map(vocabulary::indexOf).toList();
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
      return new Sample(labels, along, against);
    }

    int size() {
      return labels.size();
    }
  }

  /**
   * The vertices of several graphs, one after another.
   *
   * @param graphs the vertices of each graph
   */
  private record Vertices(int count, int[][] along, int[][] against, int[][] graphs) {
    static Vertices of(List<Sample> samples) {
      int count = samples.stream().mapToInt(Sample::size).sum();
      int[][] along = new int[count][];
      int[][] against = new int[count][];
      int[][] graphs = new int[samples.size()][];
      int first = 0;
      for (int s = 0; s < graphs.length; s++) {
        Sample sample = samples.get(s);
        graphs[s] = new int[sample.size()];
        for (int vertex = 0; vertex < sample.size(); vertex++) {
          graphs[s][vertex] = first + vertex;
          along[first + vertex] = shifted(sample.along.get(vertex), first);
          against[first + vertex] = shifted(sample.against.get(vertex), first);
        }
        first += sample.size();
      }
      return new Vertices(count, along, against, graphs);
    }

    private static int[] shifted(List<Integer> near, int first) {
      return near.stream().mapToInt(vertex -> first + vertex).toArray();
    }
  }

  /** What a convolution read and answered, feature by feature. */
  private record Trace(double[] along, double[] against, double[] first, double[] second) {
    double[] halves() {
      double[] y = new double[first.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = (first[i] + second[i]) / 2;
      }
      return y;
    }
  }

  private final int labels;
  private final List<Convolution> convolutions = new ArrayList<>();
  private final Dense hidden;
  private final Dense output;

  /** A network for samples of {@code labels} features at each vertex. */
  GraphNetwork(int labels, int layers, int width, Philox random) {
    this.labels = labels;
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

  private List<Trace> convolve(List<Sample> samples, Vertices vertices) {
    List<Trace> traces = new ArrayList<>();
    double[] x = features(samples, vertices.count);
    for (Convolution convolution : convolutions) {
      double[] along = means(x, vertices.count, vertices.along);
      double[] against = means(x, vertices.count, vertices.against);
      Trace trace =
          new Trace(
              along,
              against,
              Dense.rectified(convolution.along.apply(along, vertices.count)),
              Dense.rectified(convolution.against.apply(against, vertices.count)));
      traces.add(trace);
      x = trace.halves();
    }
    return traces;
  }

  private double[] features(List<Sample> samples, int count) {
    double[] features = new double[labels * count];
    int vertex = 0;
    for (Sample sample : samples) {
      for (int label : sample.labels) {
        if (label >= 0) {
          features[label * count + vertex] = 1;
        }
        vertex++;
      }
    }
    return features;
  }

  /** Feature by feature, the means over groups of rows. */
  private static double[] means(double[] x, int rows, int[][] groups) {
    int features = x.length / rows;
    double[] means = new double[features * groups.length];
    for (int f = 0; f < features; f++) {
      for (int g = 0; g < groups.length; g++) {
        double sum = 0;
        for (int row : groups[g]) {
          sum += x[f * rows + row];
        }
        means[f * groups.length + g] = sum / groups[g].length;
      }
    }
    return means;
  }

  /** Adds to dx what the gradients of means over groups of its rows ask. */
  private static void scatter(double[] dx, int rows, int[][] groups, double[] dy) {
    int features = dx.length / rows;
    for (int f = 0; f < features; f++) {
      for (int g = 0; g < groups.length; g++) {
        double part = dy[f * groups.length + g] / groups[g].length;
        for (int row : groups[g]) {
          dx[f * rows + row] += part;
        }
      }
    }
  }

  @Override
  public double mean(Sample sample) {
    List<Sample> samples = List.of(sample);
    Vertices vertices = Vertices.of(samples);
    double[] last = convolve(samples, vertices).getLast().halves();
    double[] pooled = means(last, vertices.count, vertices.graphs);
    return output.apply(Dense.rectified(hidden.apply(pooled, 1)), 1)[0];
  }

  @Override
  public void backward(List<Sample> samples, double[] targets) {
    int graphs = samples.size();
    Vertices vertices = Vertices.of(samples);
    List<Trace> traces = convolve(samples, vertices);
    double[] pooled = means(traces.getLast().halves(), vertices.count, vertices.graphs);
    double[] features = Dense.rectified(hidden.apply(pooled, graphs));
    double[] error = Learner.errors(output.apply(features, graphs), targets);
    output.learn(features, error, graphs);
    double[] atFeatures = Dense.passed(output.back(error, graphs), features);
    hidden.learn(pooled, atFeatures, graphs);
    double[] gradient = new double[traces.getLast().first.length];
    scatter(gradient, vertices.count, vertices.graphs, hidden.back(atFeatures, graphs));
    for (int layer = convolutions.size() - 1; layer >= 0; layer--) {
      Convolution convolution = convolutions.get(layer);
      Trace trace = traces.get(layer);
      double[] atFirst = Dense.passed(gradient.clone(), trace.first);
      double[] atSecond = Dense.passed(gradient, trace.second);
      learn(convolution.along, trace.along, atFirst, vertices.count);
      learn(convolution.against, trace.against, atSecond, vertices.count);
      if (layer > 0) {
        gradient = new double[trace.along.length];
        double[] alongBack = convolution.along.back(atFirst, vertices.count);
        double[] againstBack = convolution.against.back(atSecond, vertices.count);
        scatter(gradient, vertices.count, vertices.along, alongBack);
        scatter(gradient, vertices.count, vertices.against, againstBack);
      }
    }
  }

  /** The answer of a convolution is the mean of two layers, so each has half of its gradient. */
  private static void learn(Dense layer, double[] x, double[] dy, int rows) {
    for (int i = 0; i < dy.length; i++) {
      dy[i] /= 2;
    }
    layer.learn(x, dy, rows);
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
