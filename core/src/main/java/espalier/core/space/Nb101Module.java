package espalier.core.space;

import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cell of NAS-Bench-101 as a part of a network [Ying et al. 2019]. A vertex sums its sources; the
 * output concatenates them. What comes from the cell's input is projected first, by a pointwise
 * convolution that is normalised and rectified, and it is added to the output, too. Where a source
 * has a channel more than is wanted, the last is dropped.
 */
final class Nb101Module {
  private final Nb101Cell cell;

  /** The module of what lies on paths of a cell, of which there must be one. */
  Nb101Module(Nb101Cell cell) {
    if (!cell.isConnected()) {
      throw new IllegalArgumentException(
          "NAS-Bench-101 cell: no path from input to output, expected one");
    }
    this.cell = cell.pruned();
  }

  /**
   * The channels of the vertices between input and output. Those that the output reads share its
   * channels, the earlier ones taking what a division leaves over; any other has as many as the
   * widest that reads it.
   */
  List<Integer> channels(int outputs) {
    int output = cell.vertices() - 1;
    int[] channels = new int[cell.vertices()];
    int[] shares = IntStream.range(1, output).filter(v -> cell.hasEdge(v, output)).toArray();
    for (int i = 0; i < shares.length; i++) {
      channels[shares[i]] = outputs / shares.length + (i < outputs % shares.length ? 1 : 0);
    }
    for (int vertex = output - 1; vertex > 0; vertex--) {
      for (int to = vertex + 1; to < output && !cell.hasEdge(vertex, output); to++) {
        if (cell.hasEdge(vertex, to)) {
          channels[vertex] = Math.max(channels[vertex], channels[to]);
        }
      }
    }
    return Arrays.stream(channels, 1, output).boxed().toList();
  }

  /**
   * Builds the cell.
   *
   * @param x [N, H, W, C] with any C
   * @return [N, H, W, outputs]
   */
  Tensor build(Scope scope, Tensor x, int outputs) {
    int output = cell.vertices() - 1;
    List<Integer> channels = channels(outputs);
    List<Tensor> states = new ArrayList<>(List.of(x));
    List<Tensor> ends = new ArrayList<>();
    for (int vertex = 1; vertex < output; vertex++) {
      Scope own = scope.child("vertex" + vertex);
      int width = channels.get(vertex - 1);
      Tensor sum = sum(own, states, vertex, width);
      Tensor state = cell.operations().get(vertex - 1).layer(width).apply(own, sum);
      states.add(state);
      if (cell.hasEdge(vertex, output)) {
        ends.add(state);
      }
    }
    List<Tensor> terms = new ArrayList<>();
    if (!ends.isEmpty()) {
      terms.add(ends.size() == 1 ? ends.getFirst() : Tensor.concat(3, ends));
    }
    if (cell.hasEdge(0, output)) {
      terms.add(projection(scope.child("output"), x, outputs));
    }
    return terms.stream().reduce(Tensor::add).orElseThrow();
  }

  private Tensor sum(Scope scope, List<Tensor> states, int vertex, int width) {
    List<Tensor> terms = new ArrayList<>();
    for (int from = 1; from < vertex; from++) {
      if (cell.hasEdge(from, vertex)) {
        Tensor state = states.get(from);
        terms.add(state.shape().get(3) == width ? state : state.slice(3, 0, width));
      }
    }
    if (cell.hasEdge(0, vertex)) {
      terms.add(projection(scope, states.getFirst(), width));
    }
    return terms.stream().reduce(Tensor::add).orElseThrow();
  }

  private static Tensor projection(Scope scope, Tensor x, int channels) {
    return Nb101Operation.convolution(1, channels).apply(scope.child("projection"), x);
  }
}
