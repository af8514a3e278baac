package espalier.core.recurrent;

import espalier.core.nn.Initializer;
import espalier.core.nn.Network;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A word-level language model: words [N, T] of N texts are embedded, a recurrent cell reads them
 * one after another, and every output is compared with the embeddings of all words, whose table is
 * the last layer's weight, too [Press and Wolf 2017; Inan, Khosravi, Socher 2017]. It answers the
 * logarithms of the probabilities [N, T, words] of the words that follow.
 *
 * <p>What the cell keeps between windows are the variables {@code state0}, … [N, width]. They are
 * multiplied by the scalar feed {@value #CARRIED}: 0 where a text begins, else 1. Gradients end at
 * a window's beginning [truncated back-propagation through time, Williams and Peng 1990].
 */
public record WordNetwork(RecurrentCell cell, int words, Settings settings) implements Network {
  /** The feed that says whether states of the window before are carried on. */
  public static final String CARRIED = "carried";

  private static final double EMBEDDING_BOUND = 0.1;

  /**
   * The size of a network.
   *
   * @param width of embeddings and states
   */
  public record Settings(int width, VariationalDropout dropout) {
    public Settings {
      if (width < 1) {
        throw new IllegalArgumentException(
            "language model: width %d, expected 1 or more".formatted(width));
      }
    }
  }

  @Override
  public Outputs build(Scope scope, Tensor input) {
    if (input.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "language model: words are %s, expected [N, T]".formatted(input.shape()));
    }
    int streams = input.shape().get(0);
    int steps = input.shape().get(1);
    int width = settings.width();
    VariationalDropout dropout = settings.dropout();
    Tensor table =
        scope.parameter(
            "embedding", Shape.of(words, width), new Initializer.Uniform(EMBEDDING_BOUND));
    Shape perText = Shape.of(streams, width);
    Shape sequence = Shape.of(steps, streams, width);
    Tensor embedded =
        VariationalDropout.mask(scope, dropout.words(), Shape.of(words, 1))
            .apply(table)
            .gatherRows(input)
            .permute(1, 0, 2);
    Tensor inputs =
        VariationalDropout.mask(scope, dropout.cellInputs(), perText)
            .apply(VariationalDropout.mask(scope, dropout.inputs(), perText).apply(embedded));
    Tensor outputs =
        VariationalDropout.mask(scope, dropout.outputs(), perText)
            .apply(unroll(scope, inputs).reshape(sequence));
    Tensor bias = scope.parameter("bias", Shape.of(words), Initializer.zeros());
    Tensor logits =
        outputs
            .permute(1, 0, 2)
            .reshape(Shape.of(streams * steps, width))
            .matmul(table, false, true)
            .add(bias);
    return Outputs.of(logits.logSoftmax().reshape(Shape.of(streams, steps, words)));
  }

  /** The cell's outputs of all steps [T·N, width], of inputs [T, N, width]. */
  private Tensor unroll(Scope scope, Tensor inputs) {
    int steps = inputs.shape().get(0);
    int streams = inputs.shape().get(1);
    int width = settings.width();
    RecurrentCell.Step step = cell.declare(scope.child("cell"), width, width);
    List<Tensor> projected =
        step.project(inputs.reshape(Shape.of(steps * streams, width))).split(0, steps);
    var mask =
        VariationalDropout.mask(scope, settings.dropout().states(), Shape.of(streams, width));
    Tensor carried = scope.graph().feed(CARRIED, Shape.SCALAR);
    List<Tensor> states = new ArrayList<>();
    for (int i = 0; i < cell.states(); i++) {
      states.add(
          scope
              .state("state" + i, Shape.of(streams, width), Initializer.zeros())
              .mul(carried)
              .stopGradient());
    }
    List<Tensor> outputs = new ArrayList<>();
    for (Tensor projection : projected) {
      states = step.next(projection, states, mask);
      outputs.add(states.getFirst());
    }
    for (int i = 0; i < cell.states(); i++) {
      scope.carry("state" + i, states.get(i));
    }
    return Tensor.concat(0, outputs);
  }
}
