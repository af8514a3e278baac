package espalier.model;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.io.Image;
import espalier.core.nn.AreaResize;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that brings its images to a size of its own. */
class ResizingModelTest {
  @TempDir Path folder;

  private static Network resizing(int side) {
    return (scope, images) ->
        SmallClassifier.NETWORK.build(scope, AreaResize.square(side).apply(scope, images));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6, 10})
  void isSavedAndAnswersAsItsEvaluationGraphForEachImageOfABatch(int side) {
    try (Backend backend = Backends.best(BackendOptions.threads(1))) {
      SmallClassifier small = SmallClassifier.trained(backend);
      List<Image> images = SmallClassifier.images(5);
      List<float[]> wanted =
          SmallClassifier.evaluated(
              backend, resizing(side), small.input(), small.weights(), images);
      try (Model made =
          Model.of(
              resizing(side), small.input(), SmallClassifier.LABELS, small.weights(), backend)) {
        made.save(folder);
      }
      try (Model loaded = Model.load(folder, backend)) {
        assertThat(loaded.logits(images)).usingRecursiveComparison().isEqualTo(wanted);
        assertThat(loaded.logits(images.subList(3, 4)).getFirst()).isEqualTo(wanted.get(3));
        assertThat(small.evaluated(backend, images).getFirst()).isNotEqualTo(wanted.getFirst());
      }
    }
  }
}
