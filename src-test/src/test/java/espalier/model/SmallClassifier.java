package espalier.model;

import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.Image;
import espalier.core.io.ImageInput;
import espalier.core.io.ImageSpec;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.plan.Session;
import espalier.core.random.Philox;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Tensor;
import espalier.core.train.ImageData;
import espalier.core.train.Recipe;
import espalier.core.train.TaskGraphs;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendProvider;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A network of every usual layer, trained for a few steps on 8×8 images of noise. */
record SmallClassifier(ImageInput input, Map<String, float[]> weights) {
  static final ImageSpec SPEC = new ImageSpec(8, 8, 3);
  static final List<String> LABELS = List.of("ant", "bee", "cat");

  /** Two folded normalisations, one that stands alone, two branches that are joined. */
  static final Network NETWORK =
      (scope, images) -> {
        Tensor stem =
            new ConvNorm(Conv.same(5, 3, 1), BatchNorm.standard())
                .apply(scope.child("stem"), images)
                .relu();
        Tensor left =
            Layer.sequence(Conv.depthwise(5, 3, 2, 1).withBias(), BatchNorm.withoutAffine())
                .apply(scope.child("left"), stem);
        Tensor right =
            new ConvNorm(Conv.same(3, 1, 1), BatchNorm.standard())
                .apply(scope.child("right"), stem.maxPool2d(PoolWindow.same(3, 2)));
        Tensor joined = Tensor.concat(3, List.of(left, right)).averagePool2d(PoolWindow.same(3, 1));
        Tensor features = Pool.globalAverage().apply(scope, joined);
        return Network.Outputs.of(Linear.of(LABELS.size()).apply(scope.child("head"), features));
      };

  /** Names of the backends that can be opened here. */
  static Stream<String> backends() {
    return Backends.providers().stream()
        .filter(provider -> provider.unavailableReason().isEmpty())
        .map(BackendProvider::name);
  }

  static SmallClassifier trained(Backend backend) {
    byte[] pixels = new byte[30 * SPEC.values()];
    int[] labels = new int[30];
    Philox random = Philox.of(3, "noise");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.below(i, 256);
    }
    Arrays.setAll(labels, i -> i % LABELS.size());
    Dataset images = Dataset.of(SPEC, pixels, labels, LABELS);
    Splits splits = Splits.byFraction(images, 0.2, Splits.Sampling.STRATIFIED, 1);
    ImageData data = ImageData.of(splits.train(), Optional.empty());
    Recipe recipe = Recipe.standard().withBatchSize(8);
    try (Trainer trainer = new Trainer(backend, NETWORK, recipe, data, 7)) {
      trainer.run(4, Optional.empty(), TrainingListener.none());
      return new SmallClassifier(new ImageInput(SPEC, data.normalisation()), trainer.weights());
    }
  }

  Model model(Backend backend) {
    return Model.of(NETWORK, input, LABELS, weights, backend);
  }

  static List<Image> images(int count) {
    Philox random = Philox.of(5, "images");
    List<Image> images = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      byte[] pixels = new byte[SPEC.values()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) random.below((long) n * pixels.length + i, 256);
      }
      images.add(Image.of(SPEC, pixels));
    }
    return images;
  }

  /** The logits that a session gives with the graph evaluation uses, one row per image. */
  List<float[]> evaluated(Backend backend, List<Image> images) {
    return evaluated(backend, NETWORK, input, weights, images);
  }

  static List<float[]> evaluated(
      Backend backend,
      Network network,
      ImageInput input,
      Map<String, float[]> weights,
      List<Image> images) {
    float[] batch = new float[images.size() * SPEC.values()];
    for (int n = 0; n < images.size(); n++) {
      byte[] pixels = images.get(n).pixels();
      for (int i = 0; i < pixels.length; i++) {
        batch[n * pixels.length + i] = (pixels[i] & 0xFF) / 255f;
      }
    }
    input.normalisation().apply(batch, 0, batch.length);
    TaskGraphs.Built built = TaskGraphs.inference(network, FeedSpec.images(SPEC), images.size());
    try (Session session = new Session(backend)) {
      built
          .variables()
          .forEach(variable ->
              session.declare(
                  variable.name(), variable.shape(), HostData.of(weights.get(variable.name()))));
      float[] logits =
          session
              .run(
                  session.compile(built.computation()), Map.of(FeedSpec.IMAGES, HostData.of(batch)))
              .floats(0);
      List<float[]> rows = new ArrayList<>();
      for (int n = 0; n < images.size(); n++) {
        rows.add(Arrays.copyOfRange(logits, n * LABELS.size(), (n + 1) * LABELS.size()));
      }
      return rows;
    }
  }
}
