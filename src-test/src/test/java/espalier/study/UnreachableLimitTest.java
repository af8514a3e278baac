package espalier.study;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.catalog.PocketSpace;
import espalier.core.compose.Decision;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrainingEstimator.Reduction;
import espalier.core.io.ImageSpec;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.study.Budget;
import espalier.core.study.RunStopped;
import espalier.core.study.SearchMethod;
import espalier.core.study.SearchStudy;
import espalier.core.study.SearchableDecisions;
import espalier.core.train.Recipe;
import espalier.datasets.GeneratedImages;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A limit that no network of a space meets is refused before anything is trained. */
final class UnreachableLimitTest {
  private static SearchStudy<Decision> study(String metric, double most) {
    return SearchStudy.of(
        new SearchableDecisions<>(PocketSpace.standard()),
        new SearchMethod.BlackBox(
            "random",
            new TrainingEstimator.Settings(Recipe.standard(), 1, Reduction.STEPS),
            Objectives.of(
                Objective.maximise(TrainingEstimator.ACCURACY),
                Objective.minimise(metric).within(most)),
            1,
            new Budget.Epochs(1)),
        new GeneratedImages(new ImageSpec(16, 16, 1), 3).splits(128, 32, 20),
        1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TrainingEstimator.PARAMETERS,
        TrainingEstimator.MACS,
        TrainingEstimator.PEAK_BYTES,
        TrainingEstimator.MODEL_BYTES
      })
  void ofEachSize(String metric) {
    assertThatThrownBy(study(metric, 10)::requireReachable)
        .isInstanceOf(RunStopped.class)
        .hasMessageContaining("no network of the space has fewer " + metric);
    assertThatCode(study(metric, 1e12)::requireReachable).doesNotThrowAnyException();
  }
}
