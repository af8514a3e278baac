package espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.io.Image;
import espalier.core.io.ImageInput;
import espalier.core.io.Normalisation;
import espalier.core.nn.Initializer;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.core.nn.Scope;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Dims;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a saved graph can hold, and what it refuses because images of a batch could mix. */
class SavedOperationsTest {
  private static final ImageInput INPUT =
      new ImageInput(SmallClassifier.SPEC, Normalisation.identity(3));
  private static final Map<String, float[]> WEIGHTS =
      Map.of(
          "table",
          new Initializer.Normal(1).values(Shape.of(3, 6), "table", 1),
          "row",
          new Initializer.Normal(1).values(Shape.of(6), "row", 1));

  @TempDir Path folder;

  /** Every operation that inference may use. */
  private static Network.Outputs everything(Scope scope, Tensor images) {
    int n = images.shape().get(0);
    Shape row = Shape.of(n, 6);
    Tensor moved =
        images
            .slice(2, 1, 7)
            .pad(Dims.of(0, 0, 1, 0), images.shape())
            .permute(0, 2, 1, 3)
            .stopGradient();
    Tensor half = images.graph().constant(0.5, images.shape().with(0, 1));
    Tensor shifted =
        scope.parameter("row", Shape.of(6), Initializer.ones()).exp().reshape(Shape.of(1, 6));
    Tensor joined = Tensor.concat(3, List.of(moved, n == 1 ? half : half.broadcast(moved.shape())));
    Tensor x = joined.max(1, 3).reshape(row).add(shifted);
    Tensor twice = x.reshape(Shape.of(n, 1, 6)).broadcast(Shape.of(n, 2, 6)).sum(1, 2).reshape(row);
    Tensor y =
        twice
            .abs()
            .sqrt()
            .sub(x.tanh())
            .div(x.sigmoid())
            .max(x.neg().relu())
            .min(x.log())
            .add(x.greater(1))
            .add(x.greaterEqual(twice))
            .mul(x.softmax())
            .add(x.logSoftmax());
    Tensor table = scope.parameter("table", Shape.of(3, 6), Initializer.ones());
    return Network.Outputs.of(y.matmul(table, false, true));
  }

  @Test
  void everyOperationOfInferenceSurvivesSaving() {
    List<Image> images = SmallClassifier.images(3);
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1))) {
      List<float[]> wanted =
          SmallClassifier.evaluated(
              backend, SavedOperationsTest::everything, INPUT, WEIGHTS, images);
      try (Model model = model(backend, SavedOperationsTest::everything)) {
        assertThat(model.logits(images)).usingRecursiveComparison().isEqualTo(wanted);
        model.save(folder);
      }
      try (Model model = Model.load(folder, backend)) {
        assertThat(model.logits(images)).usingRecursiveComparison().isEqualTo(wanted);
      }
    }
  }

  private static Model model(Backend backend, Network network) {
    return Model.of(network, INPUT, SmallClassifier.LABELS, WEIGHTS, backend);
  }

  @Test
  void operationsThatCouldMixImagesAreRefused() {
    assertMixes("reduce_sum", rows -> rows.sum(0, 2).reshape(Shape.of(1, 1)).mul(rows));
    assertMixes("permute", rows -> rows.permute(1, 0).reshape(Shape.of(1, 3)));
    assertMixes("matmul", rows -> rows.matmul(rows, true, false).slice(0, 0, 1));
    assertMixes("reshape", rows -> rows.reshape(Shape.of(3)).reshape(Shape.of(1, 3)));
    assertMixes("broadcast", rows -> rows.broadcast(Shape.of(2, 3)).slice(0, 0, 1));
    assertMixes("concat", rows -> Tensor.concat(0, List.of(rows, rows)).slice(0, 1, 2));
    assertMixes("add", rows -> rows.add(rows.reshape(Shape.of(1, 1, 3))).reshape(Shape.of(1, 3)));
  }

  private static void assertMixes(String operation, UnaryOperator<Tensor> change) {
    Network network =
        (scope, images) ->
            Network.Outputs.of(change.apply(images.sum(1, 3).reshape(Shape.of(1, 3))));
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1))) {
      assertThatThrownBy(() -> model(backend, network).close())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(operation)
          .hasMessageContaining("could mix the images of a batch");
    }
  }

  @Test
  void whatASavedGraphCannotHoldIsRefusedWhenTheModelIsMade() {
    Network random =
        (scope, images) ->
            Network.Outputs.of(scope.uniform(Shape.of(1, 3)).mul(images.sum(1, 4).sum()));
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1))) {
      assertThatThrownBy(() -> model(backend, random).close())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("graph: a model cannot be saved with the operation uniform");
    }
  }
}
