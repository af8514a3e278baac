package espalier.bench.peers;

import espalier.bench.Assembly;
import espalier.bench.Job;
import espalier.bench.SearchStep;
import espalier.core.nn.Parameter;
import espalier.core.space.CellSpace;
import espalier.core.space.DartsSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A first-order search step as the authors' code does it: the gradient of every parameter is
 * computed in both halves, and each half uses those it wants.
 */
final class SearchPeer implements Job {
  private static final double ALPHA_DECAY = 1e-3;

  /** β₂ and β₁: the pair is a std::tuple, whose last element lies first in memory. */
  private static final double[] ALPHA_BETAS = {0.999, 0.5};

  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 3e-4;

  private final SearchStep row;
  private final Parameters parameters;
  private final Batch train;
  private final Batch valid;
  private final TensorVector weights;
  private final Adam alphaOptimizer;
  private final SGD weightOptimizer;

  SearchPeer(SearchStep row, Layout layout) {
    this.row = row;
    this.parameters = new Parameters(parameters(row.assembly()), layout, Parameter::trainable);
    this.train = new Batch(parameters, row.samples(), row.samples().images("train "));
    this.valid = new Batch(parameters, row.samples(), row.samples().images("valid "));
    try (var _ = new PointerScope()) {
      AdamOptions adam = new AdamOptions(SearchStep.ALPHA_RATE);
      adam.betas().put(ALPHA_BETAS);
      adam.weight_decay().put(ALPHA_DECAY);
      alphaOptimizer = new Adam(parameters.vector(SearchPeer::isAlpha), adam);
      alphaOptimizer.retainReference();
      SGDOptions sgd = new SGDOptions(SearchStep.WEIGHT_RATE);
      sgd.momentum().put(MOMENTUM);
      sgd.weight_decay().put(WEIGHT_DECAY);
      weights = parameters.vector(p -> p.trainable() && !isAlpha(p));
      weights.retainReference();
      weightOptimizer = new SGD(weights, sgd);
      weightOptimizer.retainReference();
    }
  }

  /** Our variables without those of our optimisers. */
  private static List<Parameter> parameters(Assembly assembly) {
    return assembly.variables().stream()
        .filter(p -> p.trainable() || p.name().contains(".running_"))
        .toList();
  }

  private static boolean isAlpha(Parameter parameter) {
    return SearchStep.ALPHA.contains(parameter.name());
  }

  @Override
  public void run() {
    step();
  }

  private Map<String, float[]> step() {
    Map<String, float[]> losses = new LinkedHashMap<>();
    losses.put(SearchStep.VALID_LOSS, backward(valid));
    alphaOptimizer.step();
    losses.put(SearchStep.TRAIN_LOSS, backward(train));
    torch.clip_grad_norm_(weights, SearchStep.CLIP);
    weightOptimizer.step();
    return losses;
  }

  private float[] backward(Batch batch) {
    parameters.clearGradients();
    try (var _ = new PointerScope()) {
      Tensor loss = Scopes.only(() -> loss(batch));
      loss.backward();
      return new float[] {loss.item_float()};
    }
  }

  private Tensor loss(Batch batch) {
    Place root = new Place(parameters, "", true);
    List<CellSpace> spaces = DartsSpace.cifar().cellSpaces();
    List<Tensor> mixtures =
        SearchStep.ALPHA.stream().map(alpha -> torch.softmax(parameters.get(alpha), -1)).toList();
    DartsNetwork network =
        new DartsNetwork(
            row.cells(),
            (at, s0, s1, reduction) -> {
              int kind = reduction ? 1 : 0;
              return new MixedCell(spaces.get(kind)).build(at, s0, s1, mixtures.get(kind));
            });
    return torch.cross_entropy_loss(network.logits(root, batch.images()), batch.labels());
  }

  @Override
  public Map<String, float[]> answers() {
    Map<String, float[]> answers = step();
    row.watched().forEach(name -> answers.put(name, parameters.values(name)));
    return answers;
  }

  @Override
  public void close() {
    alphaOptimizer.releaseReference();
    weightOptimizer.releaseReference();
    weights.releaseReference();
    train.close();
    valid.close();
    parameters.close();
  }
}
