package espalier.core.strategy;

import espalier.core.random.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A recurrent network that makes decisions one after another, each in the light of those before
 * [Zoph and Le 2017]: one layer of long short-term memory [Hochreiter and Schmidhuber 1997], with
 * odds of its own for each decision.
 */
final class LstmController {
  /*
   * The choice before enters as a row of its own, added to the gates: what an embedding times the
   * input weights would be. Parameters are rows of one table, in this order:
   *
   *   W row by row [4H, H] | bias [4H] | for each choice of each decision but the last [4H]
   *   | for each option of each decision [H + 1], the offset last
   *
   * The gates lie in the order input, forget, candidate, output.
   */
  private static final int GATES = 4;

  /** First weights are uniform within this bound, as in the paper. */
  private static final double INITIAL = 0.08;

  /** Draws or repeats a choice. */
  @FunctionalInterface
  interface Chooser {
    int choose(int decision, double[] odds);
  }

  /**
   * One decision.
   *
   * @param before the hidden state it was reached with
   * @param cellBefore the memory it was reached with
   * @param gates after their functions
   * @param cell the memory it leaves
   * @param hidden the state it leaves, from which the odds are
   */
  private record Step(
      double[] before, double[] cellBefore, double[] gates, double[] cell, double[] hidden) {}

  /** A row of decisions, the odds each was drawn with, and how they came about. */
  static final class Trace {
    private final List<Step> steps = new ArrayList<>();
    private final int[] choices;
    private final double[][] odds;

    private Trace(int decisions) {
      choices = new int[decisions];
      odds = new double[decisions][];
    }

    int[] choices() {
      return choices;
    }

    double[][] odds() {
      return odds;
    }
  }

  private final int[] options;
  private final int hidden;
  private final double[][] parameters;

  /** Where the rows of each decision's choices begin, and those of its options. */
  private final int[] choiceRows;

  private final int[] optionRows;

  LstmController(List<Integer> options, int hidden, Philox random) {
    this.options = options.stream().mapToInt(count -> count).toArray();
    this.hidden = hidden;
    this.choiceRows = new int[this.options.length];
    this.optionRows = new int[this.options.length];
    int rows = GATES * hidden + 1;
    for (int decision = 0; decision < this.options.length - 1; decision++) {
      choiceRows[decision] = rows;
      rows += this.options[decision];
    }
    int first = rows;
    for (int decision = 0; decision < this.options.length; decision++) {
      optionRows[decision] = rows;
      rows += this.options[decision];
    }
    int gates = GATES * hidden;
    parameters =
        table(rows, row -> new double[row < gates ? hidden : row < first ? gates : hidden + 1]);
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < parameters[row].length; i++) {
        parameters[row][i] = INITIAL * (2 * random.trial(row).uniformDouble(i) - 1);
      }
    }
  }

  private static double[][] table(int rows, IntFunction<double[]> row) {
    double[][] table = new double[rows][];
    for (int i = 0; i < rows; i++) {
      table[i] = row.apply(i);
    }
    return table;
  }

  /** What it has learnt, row by row. */
  double[][] parameters() {
    return parameters;
  }

  /** Zeros of the form of the parameters. */
  double[][] zeros() {
    return table(parameters.length, row -> new double[parameters[row].length]);
  }

  /** Zeros, one for each option of each decision. */
  double[][] zeroLogits() {
    return table(options.length, decision -> new double[options[decision]]);
  }

  /** Makes all decisions. */
  Trace decide(Chooser chooser) {
    Trace trace = new Trace(options.length);
    double[] state = new double[hidden];
    double[] cell = new double[hidden];
    for (int decision = 0; decision < options.length; decision++) {
      Step step = step(trace, decision, state, cell);
      trace.steps.add(step);
      double[] logits = new double[options[decision]];
      for (int option = 0; option < logits.length; option++) {
        double[] row = parameters[optionRows[decision] + option];
        logits[option] = row[hidden] + dot(row, step.hidden);
      }
      trace.odds[decision] = Distribution.softmax(logits);
      trace.choices[decision] = chooser.choose(decision, trace.odds[decision]);
      state = step.hidden;
      cell = step.cell;
    }
    return trace;
  }

  private double dot(double[] row, double[] state) {
    double sum = 0;
    for (int i = 0; i < hidden; i++) {
      sum += row[i] * state[i];
    }
    return sum;
  }

  private Step step(Trace trace, int decision, double[] state, double[] cellBefore) {
    double[] gates = parameters[GATES * hidden].clone();
    if (decision > 0) {
      addScaled(gates, 1, parameters[choiceRow(trace, decision - 1)], gates.length);
    }
    double[] cell = new double[hidden];
    double[] next = new double[hidden];
    for (int i = 0; i < gates.length; i++) {
      double sum = gates[i] + dot(parameters[i], state);
      gates[i] = i / hidden == 2 ? StrictMath.tanh(sum) : 1 / (1 + StrictMath.exp(-sum));
    }
    for (int i = 0; i < hidden; i++) {
      cell[i] = gates[hidden + i] * cellBefore[i] + gates[i] * gates[2 * hidden + i];
      next[i] = gates[3 * hidden + i] * StrictMath.tanh(cell[i]);
    }
    return new Step(state, cellBefore, gates, cell, next);
  }

  private int choiceRow(Trace trace, int decision) {
    return choiceRows[decision] + trace.choices[decision];
  }

  private static void addScaled(double[] sum, double scale, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      sum[i] += scale * x[i];
    }
  }

  /**
   * Adds to {@code gradient} what the gradients at the logits of each decision ask of the
   * parameters.
   */
  void backward(Trace trace, double[][] atLogits, double[][] gradient) {
    double[] atState = new double[hidden];
    double[] atCell = new double[hidden];
    for (int decision = options.length - 1; decision >= 0; decision--) {
      Step step = trace.steps.get(decision);
      for (int option = 0; option < options[decision]; option++) {
        double error = atLogits[decision][option];
        int row = optionRows[decision] + option;
        addScaled(gradient[row], error, step.hidden, hidden);
        gradient[row][hidden] += error;
        addScaled(atState, error, parameters[row], hidden);
      }
      double[] atGates = gateGradients(step, atState, atCell);
      addScaled(gradient[GATES * hidden], 1, atGates, atGates.length);
      if (decision > 0) {
        addScaled(gradient[choiceRow(trace, decision - 1)], 1, atGates, atGates.length);
      }
      atState = new double[hidden];
      for (int i = 0; i < atGates.length; i++) {
        addScaled(gradient[i], atGates[i], step.before, hidden);
        addScaled(atState, atGates[i], parameters[i], hidden);
      }
    }
  }

  /**
   * The gradients before the gates' functions; {@code atCell} becomes that of the memory before.
   */
  private double[] gateGradients(Step step, double[] atState, double[] atCell) {
    double[] atGates = new double[GATES * hidden];
    double[] gates = step.gates;
    for (int i = 0; i < hidden; i++) {
      double input = gates[i];
      double forget = gates[hidden + i];
      double candidate = gates[2 * hidden + i];
      double output = gates[3 * hidden + i];
      double squashed = StrictMath.tanh(step.cell[i]);
      double memory = atCell[i] + atState[i] * output * (1 - squashed * squashed);
      atGates[i] = memory * candidate * input * (1 - input);
      atGates[hidden + i] = memory * step.cellBefore[i] * forget * (1 - forget);
      atGates[2 * hidden + i] = memory * input * (1 - candidate * candidate);
      atGates[3 * hidden + i] = atState[i] * squashed * output * (1 - output);
      atCell[i] = memory * forget;
    }
    return atGates;
  }
}
