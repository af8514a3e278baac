package espalier.predict;

import espalier.core.predict.BayesianLinearRegression;
import espalier.core.predict.Fit;
import espalier.core.predict.GaussianProcess;
import espalier.core.predict.GradientBoostedTrees;
import espalier.core.predict.GraphConvolution;
import espalier.core.predict.NearestNeighbours;
import espalier.core.predict.PerceptronEnsemble;
import espalier.core.predict.Predictor;
import espalier.core.predict.RandomForest;
import espalier.core.predict.RbfKernel;
import espalier.core.predict.RidgeRegression;
import espalier.core.predict.WeisfeilerLehman;
import espalier.core.random.Philox;
import espalier.core.space.Cell;
import espalier.core.space.Encodable;
import espalier.core.space.LabelledGraph;
import espalier.core.space.Nb201Space;
import espalier.core.space.PathEncoding;
import espalier.core.statistics.RankCorrelation;
import espalier.core.statistics.Summary;
import espalier.space.Nb201Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Predictors measured on NAS-Bench-201: each learns from n random cells, and Kendall's τ compares
 * its answers for 1,000 others with their validation accuracy, ten times. The main method prints
 * them all.
 */
final class PredictorTable {
  static final int TRIALS = 10;
  private static final int[] SIZES = {20, 50, 100, 200, 400};
  private static final int OTHERS = 1_000;
  private static final long SEED = 7;
  private static final Nb201Space SPACE = Nb201Space.standard();

  private final double[] targets = Nb201Table.benchmark().numbers("c10_val");
  private final double[] parameters = Nb201Table.benchmark().numbers("params");

  /** The encodings, by name. */
  static Map<String, Encodable<Cell>> encodings() {
    Map<String, Encodable<Cell>> encodings = new LinkedHashMap<>();
    encodings.put("one-hot", SPACE);
    encodings.put("path", PathEncoding.complete(SPACE));
    return encodings;
  }

  /** The predictors of features, by name. */
  static Map<String, Predictor<double[]>> ofFeatures() {
    Map<String, Predictor<double[]>> predictors = new LinkedHashMap<>();
    predictors.put("ridge", new RidgeRegression(1));
    predictors.put("Bayesian linear", new BayesianLinearRegression());
    predictors.put("5 neighbours", new NearestNeighbours(5));
    predictors.put("forest of 200", new RandomForest(200, SEED));
    predictors.put("boosted trees", GradientBoostedTrees.standard(SEED));
    predictors.put("GP, RBF", new GaussianProcess<>(new RbfKernel(2), 0.1));
    predictors.put("perceptrons", PerceptronEnsemble.standard(SEED));
    return predictors;
  }

  /** The predictors of graphs, by name. */
  static Map<String, Predictor<Cell>> ofGraphs() {
    WeisfeilerLehman subtrees = new WeisfeilerLehman(2);
    Map<String, Predictor<Cell>> predictors = new LinkedHashMap<>();
    predictors.put(
        "GP, Weisfeiler-Lehman",
        new GaussianProcess<>(WeisfeilerLehman.kernel(), 0.1)
            .on(cell -> subtrees.of(LabelledGraph.of(cell))));
    predictors.put("graph convolution", GraphConvolution.standard(SEED).on(LabelledGraph::of));
    return predictors;
  }

  /** Mean and deviation of τ over the trials. */
  Summary measure(Predictor<Cell> predictor, int size) {
    return Summary.of(
        IntStream.range(0, TRIALS).parallel().mapToDouble(t -> tau(predictor, size, t)).toArray());
  }

  private double tau(Predictor<Cell> predictor, int size, int trial) {
    int[] order = order(trial);
    List<Cell> cells = new ArrayList<>();
    double[] known = new double[size];
    for (int i = 0; i < size; i++) {
      cells.add(SPACE.at(order[i]));
      known[i] = targets[order[i]];
    }
    Fit<Cell> fit = predictor.fit(cells, known);
    double[] predicted = new double[OTHERS];
    double[] measured = new double[OTHERS];
    for (int i = 0; i < OTHERS; i++) {
      predicted[i] = fit.mean(SPACE.at(order[size + i]));
      measured[i] = targets[order[size + i]];
    }
    return RankCorrelation.kendall(predicted, measured).value();
  }

  private static int[] order(int trial) {
    return Philox.of(SEED, "predictor table").trial(trial).permutation(SPACE.count());
  }

  /** The baseline: the order by parameters, on the cells that a predictor of this size is asked. */
  private Summary parametersAlone(int size) {
    double[] taus = new double[TRIALS];
    for (int trial = 0; trial < TRIALS; trial++) {
      int[] asked = Arrays.copyOfRange(order(trial), size, size + OTHERS);
      taus[trial] =
          RankCorrelation.kendall(
                  Arrays.stream(asked).mapToDouble(i -> parameters[i]).toArray(),
                  Arrays.stream(asked).mapToDouble(i -> targets[i]).toArray())
              .value();
    }
    return Summary.of(taus);
  }

  private void print() {
    System.out.println("| predictor | encoding | 20 | 50 | 100 | 200 | 400 |");
    System.out.println("|---|---|---|---|---|---|---|");
    printRow("parameters alone", "", this::parametersAlone);
    encodings()
        .forEach((encoding, space) ->
            ofFeatures()
                .forEach((name, predictor) ->
                    printRow(
                        name, encoding, size -> measure(predictor.on(space::features), size))));
    ofGraphs()
        .forEach((name, predictor) -> printRow(name, "graph", size -> measure(predictor, size)));
  }

  private static void printRow(String name, String encoding, IntFunction<Summary> measured) {
    StringBuilder row = new StringBuilder("| " + name + " | " + encoding + " |");
    for (int size : SIZES) {
      Summary summary = measured.apply(size);
      row.append(String.format(Locale.ROOT, " %.3f ± %.3f |", summary.mean(), summary.deviation()));
    }
    System.out.println(row.toString().replace(" 0.", " .").replace("-0.", "-."));
  }

  /** Prints the table. */
  public static void main(String[] arguments) {
    new PredictorTable().print();
  }
}
