package espalier.bench.peers;

import espalier.bench.Job;
import espalier.bench.TrainingStep;
import espalier.core.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A training step of a NAS-Bench-201 network of 3×3 convolutions. */
final class TrainingPeer implements Job {
  private static final int STAGES = 3;

  /** Sources and targets of a cell's edges. */
  private static final int[][] EDGES = {{0, 1}, {0, 2}, {1, 2}, {0, 3}, {1, 3}, {2, 3}};

  private final TrainingStep row;
  private final Parameters parameters;
  private final Batch batch;
  private final SGD optimizer;

  TrainingPeer(TrainingStep row, Layout layout) {
    this.row = row;
    this.parameters =
        new Parameters(
            row.assembly().variables().stream()
                .filter(p -> p.trainable() || p.name().contains("running_"))
                .toList(),
            layout,
            Parameter::trainable);
    this.batch = new Batch(parameters, row.samples(), row.samples().images(""));
    try (var _ = new PointerScope()) {
      SGDOptions options = new SGDOptions(TrainingStep.RATE);
      options.momentum().put(TrainingStep.OPTIMIZER.momentum());
      options.weight_decay().put(TrainingStep.OPTIMIZER.weightDecay());
      options.nesterov().put(TrainingStep.OPTIMIZER.nesterov());
      optimizer = new SGD(parameters.vector(Parameter::trainable), options);
      optimizer.retainReference();
    }
  }

  @Override
  public void run() {
    step();
  }

  private float step() {
    parameters.clearGradients();
    try (var _ = new PointerScope()) {
      Tensor loss =
          Scopes.only(() ->
              torch.cross_entropy_loss(logits(new Place(parameters, "", true)), batch.labels()));
      loss.backward();
      optimizer.step();
      return loss.item_float();
    }
  }

  private Tensor logits(Place at) {
    Tensor x = Scopes.only(() -> at.child("stem").convNorm(batch.images(), 1));
    int index = 0;
    for (int stage = 0; stage < STAGES; stage++) {
      if (stage > 0) {
        x = reduction(at.child("reduction" + stage), x);
      }
      for (int i = 0; i < row.cellsPerStage(); i++, index++) {
        x = cell(at.child("cells").child(Integer.toString(index)), x);
      }
    }
    return at.child("classifier").classify(torch.relu(at.child("norm").norm(x)));
  }

  private static Tensor cell(Place at, Tensor x) {
    Tensor[] states = {x, null, null, null};
    for (int[] edge : EDGES) {
      Place place = at.child("edge%d_%d".formatted(edge[0], edge[1])).child("nor_conv_3x3");
      Tensor sofar = states[edge[1]];
      states[edge[1]] =
          Scopes.only(() -> {
            Tensor term = place.reluConvNorm(states[edge[0]], 1);
            return sofar == null ? term : sofar.add(term);
          });
    }
    return states[3];
  }

  private static Tensor reduction(Place at, Tensor x) {
    return Scopes.only(() -> {
      Tensor half = at.child("conv_a").reluConvNorm(x, 2);
      Tensor residual = at.child("conv_b").reluConvNorm(half, 1);
      Tensor pooled =
          torch.avg_pool2d(
              x, Place.both(2), Place.both(2), Place.both(0), false, false, new LongOptional());
      return at.child("shortcut").conv(pooled, 1, 1).add(residual);
    });
  }

  @Override
  public Map<String, float[]> answers() {
    Map<String, float[]> answers = new LinkedHashMap<>();
    answers.put(TrainingStep.LOSS, new float[] {step()});
    row.watched().forEach(name -> answers.put(name, parameters.values(name)));
    return answers;
  }

  @Override
  public void close() {
    optimizer.releaseReference();
    batch.close();
    parameters.close();
  }
}
