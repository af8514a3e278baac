package espalier.recurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.Layer;
import espalier.core.recurrent.GruCell;
import espalier.core.recurrent.HighwayCell;
import espalier.core.recurrent.LstmCell;
import espalier.core.recurrent.RecurrentCell;
import espalier.core.recurrent.RecurrentGenotype;
import espalier.core.recurrent.RecurrentNotation;
import espalier.core.recurrent.VanillaCell;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.nn.Built;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One step of each cell, beside the same step written out in plain doubles. */
final class RecurrentCellsTest {
  private static final int ROWS = 3;
  private static final int INPUTS = 4;
  private static final int WIDTH = 5;

  /** A step in plain doubles: the states after it, of an input, the states before, the weights. */
  private interface Step {
    List<double[]> next(double[] x, List<double[]> states, Map<String, double[]> weights);
  }

  /** A step by the engine, on the reference backend, of [input, state, state, …] side by side. */
  private static Layer layer(RecurrentCell cell, UnaryOperator<Tensor> dropout) {
    return (scope, x) -> {
      RecurrentCell.Step step = cell.declare(scope, INPUTS, WIDTH);
      List<Tensor> states = new ArrayList<>();
      for (int i = 0; i < cell.states(); i++) {
        states.add(x.slice(1, INPUTS + i * WIDTH, INPUTS + (i + 1) * WIDTH));
      }
      return Tensor.concat(1, step.next(step.project(x.slice(1, 0, INPUTS)), states, dropout));
    };
  }

  private static void agrees(RecurrentCell cell, Step step) {
    agrees(cell, UnaryOperator.identity(), step);
  }

  private static void agrees(RecurrentCell cell, UnaryOperator<Tensor> dropout, Step step) {
    int columns = INPUTS + cell.states() * WIDTH;
    double[] x = Built.numbers(ROWS * columns, 0.3);
    Layer layer = layer(cell, dropout);
    Map<String, double[]> initial =
        Built.run(layer, Shape.of(ROWS, columns), x, Built.Setting.inference(Map.of())).variables();
    Map<String, double[]> weights = new java.util.LinkedHashMap<>();
    initial.forEach(
        (name, values) -> weights.put(name, Built.numbers(values.length, name.hashCode() % 97)));
    Built built = Built.run(layer, Shape.of(ROWS, columns), x, Built.Setting.inference(weights));
    for (int row = 0; row < ROWS; row++) {
      List<double[]> states = new ArrayList<>();
      for (int i = 0; i < cell.states(); i++) {
        int from = row * columns + INPUTS + i * WIDTH;
        states.add(Arrays.copyOfRange(x, from, from + WIDTH));
      }
      double[] input = Arrays.copyOfRange(x, row * columns, row * columns + INPUTS);
      double[] wanted =
          step.next(input, states, weights).stream().flatMapToDouble(Arrays::stream).toArray();
      double[] found =
          Arrays.copyOfRange(built.output(), row * wanted.length, (row + 1) * wanted.length);
      assertThat(found).containsExactly(wanted, within(1e-12));
    }
  }

  /** {@code x·w} for w [x.length, columns]. */
  private static double[] times(double[] x, double[] w, int columns) {
    double[] y = new double[columns];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        y[j] += x[i] * w[i * columns + j];
      }
    }
    return y;
  }

  private static double[] plus(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
  }

  private static double[] part(double[] a, int part) {
    return Arrays.copyOfRange(a, part * WIDTH, (part + 1) * WIDTH);
  }

  private static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }

  @Test
  void vanilla() {
    agrees(
        new VanillaCell(),
        (x, states, weights) -> {
          double[] a = times(x, weights.get("input_weight"), WIDTH);
          a = plus(a, times(states.getFirst(), weights.get("state_weight"), WIDTH));
          a = plus(a, weights.get("bias"));
          return List.of(Arrays.stream(a).map(Math::tanh).toArray());
        });
  }

  @Test
  void longShortTermMemory() {
    agrees(
        new LstmCell(),
        (x, states, weights) -> {
          double[] a = times(x, weights.get("input_weight"), 4 * WIDTH);
          a = plus(a, times(states.getFirst(), weights.get("state_weight"), 4 * WIDTH));
          a = plus(a, weights.get("bias"));
          double[] c = new double[WIDTH];
          double[] h = new double[WIDTH];
          for (int j = 0; j < WIDTH; j++) {
            double in = sigmoid(part(a, 0)[j]);
            double forget = sigmoid(part(a, 1)[j]);
            c[j] = forget * states.get(1)[j] + in * Math.tanh(part(a, 2)[j]);
            h[j] = sigmoid(part(a, 3)[j]) * Math.tanh(c[j]);
          }
          return List.of(h, c);
        });
  }

  @Test
  void gatedRecurrentUnit() {
    agrees(
        new GruCell(),
        (x, states, weights) -> {
          double[] h = states.getFirst();
          double[] ofInput =
              plus(times(x, weights.get("input_weight"), 3 * WIDTH), weights.get("bias"));
          double[] ofState = times(h, weights.get("gate_weight"), 2 * WIDTH);
          double[] reset = new double[WIDTH];
          for (int j = 0; j < WIDTH; j++) {
            reset[j] = sigmoid(part(ofInput, 0)[j] + part(ofState, 0)[j]) * h[j];
          }
          double[] candidate = times(reset, weights.get("candidate_weight"), WIDTH);
          double[] next = new double[WIDTH];
          for (int j = 0; j < WIDTH; j++) {
            double update = sigmoid(part(ofInput, 1)[j] + part(ofState, 1)[j]);
            double n = Math.tanh(part(ofInput, 2)[j] + candidate[j]);
            next[j] = update * h[j] + (1 - update) * n;
          }
          return List.of(next);
        });
  }

  private static double[] move(double[] from, double[] product, String function) {
    double[] to = new double[WIDTH];
    for (int j = 0; j < WIDTH; j++) {
      double a = part(product, 1)[j];
      double value =
          switch (function) {
            case "tanh" -> Math.tanh(a);
            case "relu" -> Math.max(0, a);
            case "sigmoid" -> sigmoid(a);
            default -> a;
          };
      to[j] = from[j] + sigmoid(part(product, 0)[j]) * (value - from[j]);
    }
    return to;
  }

  /** The published cell, every state multiplied by {@code kept} before weights are. */
  private static Step highway(RecurrentGenotype genotype, double kept) {
    return (x, states, weights) -> {
      double[] h = states.getFirst();
      double[] both = Arrays.copyOf(x, INPUTS + WIDTH);
      for (int j = 0; j < WIDTH; j++) {
        both[INPUTS + j] = kept * h[j];
      }
      List<double[]> all = new ArrayList<>();
      all.add(move(h, times(both, weights.get("weight0"), 2 * WIDTH), "tanh"));
      double[] mean = new double[WIDTH];
      for (int i = 1; i <= genotype.nodes().size(); i++) {
        RecurrentGenotype.Node node = genotype.nodes().get(i - 1);
        double[] from = all.get(node.from());
        double[] multiplied = Arrays.stream(from).map(value -> kept * value).toArray();
        double[] product = times(multiplied, weights.get("weight" + i), 2 * WIDTH);
        all.add(move(from, product, node.function().toString()));
        if (genotype.outputs().contains(i)) {
          for (int j = 0; j < WIDTH; j++) {
            mean[j] += all.get(i)[j] / genotype.outputs().size();
          }
        }
      }
      return List.of(mean);
    };
  }

  @Test
  void publishedCells() {
    for (String text : PublishedCells.ALL) {
      RecurrentGenotype genotype = RecurrentNotation.parse(text);
      agrees(new HighwayCell(genotype), highway(genotype, 1));
    }
  }

  @Test
  void statesAreDroppedWhereTheyMeetWeightsAndNowhereElse() {
    RecurrentGenotype genotype = RecurrentNotation.parse(PublishedCells.DARTS_V2);
    agrees(new HighwayCell(genotype), state -> state.mul(0.7), highway(genotype, 0.7));
  }
}
