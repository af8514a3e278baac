package espalier.bench.peers;

import espalier.bench.Classification;
import espalier.bench.Job;
import espalier.core.space.Cell;
import espalier.core.space.DartsSpace;
import espalier.core.space.Genotype;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;

/** Inference of DARTS_V2, with running statistics and without gradients. */
final class ClassificationPeer implements Job {
  private final Classification row;
  private final Genotype genotype = DartsSpace.cifar().parse(Classification.GENOTYPE);
  private final Parameters parameters;
  private final Batch batch;

  ClassificationPeer(Classification row, Layout layout) {
    this.row = row;
    this.parameters = new Parameters(row.variables(), layout, _ -> false);
    this.batch = new Batch(parameters, row.samples(), row.pixels());
  }

  @Override
  public void run() {
    logits();
  }

  private float[] logits() {
    try (var _ = new PointerScope();
        var _ = new InferenceMode(true)) {
      DartsNetwork network =
          new DartsNetwork(
              row.cells(),
              (at, s0, s1, reduction) ->
                  cell(reduction ? genotype.reduce() : genotype.normal(), at, s0, s1, reduction));
      Tensor logits =
          Scopes.only(() -> network.logits(new Place(parameters, "", false), batch.images()));
      return Parameters.values(logits, false);
    }
  }

  private static Tensor cell(Cell cell, Place at, Tensor s0, Tensor s1, boolean reduction) {
    List<Tensor> states = new ArrayList<>(List.of(s0, s1));
    for (List<Cell.Edge> edges : cell.nodes()) {
      int to = states.size();
      states.add(
          Scopes.only(() ->
              edges.stream()
                  .map(edge -> edge(edge, at, states, to, reduction))
                  .reduce(Tensor::add)
                  .orElseThrow()));
    }
    return Place.concat(cell.outputs().stream().map(states::get).toArray(Tensor[]::new));
  }

  private static Tensor edge(
      Cell.Edge edge, Place at, List<Tensor> states, int to, boolean reduction) {
    String label = edge.operation().label();
    Place place = at.child("edge%d_%d".formatted(edge.from(), to)).child(label);
    long stride = reduction && edge.from() < 2 ? 2 : 1;
    return DartsLayers.operation(place, label, states.get(edge.from()), stride, false);
  }

  @Override
  public Map<String, float[]> answers() {
    return Map.of(Classification.LOGITS, logits());
  }

  @Override
  public void close() {
    batch.close();
    parameters.close();
  }
}
