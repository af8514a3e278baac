package espalier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.io.Image;
import espalier.core.io.ImageSpec;
import espalier.core.nn.Classification;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.Model;
import espalier.core.plan.Planner;
import espalier.core.train.TaskGraphs;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trained model: what it answers, what it costs, what it leaves behind. */
class ModelTest {
  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("espalier.model.SmallClassifier#backends")
  void aLoadedModelYieldsTheLogitsOfTheEvaluationGraphBitForBit(String name) {
    try (Backend backend = Backends.open(name, BackendOptions.threads(2))) {
      SmallClassifier small = SmallClassifier.trained(backend);
      try (Model made = small.model(backend)) {
        made.save(folder);
      }
      List<Image> images = SmallClassifier.images(5);
      List<float[]> wanted = small.evaluated(backend, images);
      try (Model loaded = Model.load(folder, backend)) {
        assertThat(loaded.input()).isEqualTo(small.input());
        assertThat(loaded.labels()).isEqualTo(SmallClassifier.LABELS);
        assertThat(loaded.logits(images)).usingRecursiveComparison().isEqualTo(wanted);
        assertThat(wanted.get(0)).isNotEqualTo(wanted.get(1));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("espalier.model.SmallClassifier#backends")
  void anImageHasTheSameBitsInABatchOfAnySize(String name) {
    try (Backend backend = Backends.open(name, BackendOptions.threads(2));
        Model model = SmallClassifier.trained(backend).model(backend)) {
      List<Image> images = SmallClassifier.images(70);
      List<float[]> together = model.logits(images);
      assertThat(together).hasSize(70);
      for (int i : new int[] {0, 1, 63, 64, 69}) {
        assertThat(model.logits(images.subList(i, i + 1)).getFirst()).isEqualTo(together.get(i));
      }
      for (int size = 2; size <= 12; size++) {
        assertThat(model.logits(images.subList(0, size)).getLast())
            .isEqualTo(together.get(size - 1));
      }
      assertThat(model.logits(List.of())).isEmpty();
    }
  }

  @Test
  void whatDependsOnWeightsAloneIsComputedOnceWhenTheModelOpens() {
    try (Recording recording = new Recording(Backends.open("reference", options()))) {
      SmallClassifier small = SmallClassifier.trained(recording.backend());
      recording.programs().clear();
      try (Model model = small.model(recording)) {
        assertThat(recording.programs()).as("folding").hasSize(1);
        List<Image> images = SmallClassifier.images(3);
        model.logits(images);
        model.logits(images);
      }
      assertThat(recording.programs()).as("folding and one size of batch").hasSize(2);
      Map<String, Integer> unfolded =
          calls(
              Planner.plan(
                  TaskGraphs.inference(
                          SmallClassifier.NETWORK, FeedSpec.images(SmallClassifier.SPEC), 3)
                      .computation()));
      Map<String, Integer> folded = calls(recording.programs().getLast());
      // Left are the passes over images: stem, left branch, right branch, mean, bias of the head.
      assertThat(folded)
          .isEqualTo(
              Map.of(
                  "Conv2d",
                  3,
                  "Map",
                  5,
                  "MaxPool",
                  1,
                  "Copy",
                  2,
                  "AveragePool",
                  1,
                  "Reduce",
                  1,
                  "Gemm",
                  1));
      assertThat(unfolded.get("Map")).isGreaterThan(folded.get("Map"));
    }
  }

  private static Map<String, Integer> calls(Program program) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Program.Step step : program.steps()) {
      Call call = step.call();
      counts.merge(call.getClass().getSimpleName(), 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void aClassificationIsTheSoftmaxOfTheLogits() {
    try (Backend backend = Backends.open("reference", options());
        Model model = SmallClassifier.trained(backend).model(backend)) {
      Image image = SmallClassifier.images(1).getFirst();
      float[] logits = model.logits(List.of(image)).getFirst();
      Classification found = model.classify(image);
      double sum = Math.exp(logits[0]) + Math.exp(logits[1]) + Math.exp(logits[2]);
      for (int c = 0; c < 3; c++) {
        assertThat(found.probabilities().get(c))
            .isCloseTo(Math.exp(logits[c]) / sum, within(1e-14));
        assertThat(logits[found.index()]).isGreaterThanOrEqualTo(logits[c]);
      }
      assertThat(found.label()).isEqualTo(SmallClassifier.LABELS.get(found.index()));
      assertThat(found.probability()).isEqualTo(found.probabilities().get(found.index()));
    }
  }

  @Test
  void aClosedModelRefusesAndLeavesNoThread() {
    long before = threads();
    SmallClassifier small;
    try (Backend backend = Backends.open("reference", options())) {
      small = SmallClassifier.trained(backend);
      try (Model model = small.model(backend)) {
        model.save(folder);
      }
      // A lent backend is still open after the model.
      assertThat(small.evaluated(backend, SmallClassifier.images(1))).hasSize(1);
    }
    Model model = Model.load(folder);
    Image image = SmallClassifier.images(1).getFirst();
    model.classify(image);
    model.close();
    assertThatThrownBy(() -> model.classify(image))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("model: is closed, expected an open one");
    assertThat(threads()).isEqualTo(before);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("espalier"))
        .count();
  }

  @Test
  void imagesOfTheWrongKindAreRefusedWithOneSentence() {
    try (Backend backend = Backends.open("reference", options());
        Model model = SmallClassifier.trained(backend).model(backend)) {
      Image wrong = Image.of(new ImageSpec(2, 2, 4), new byte[16]);
      assertThatThrownBy(() -> model.classify(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("image: has 4 channels, the model expects 3");
    }
  }

  private static BackendOptions options() {
    return BackendOptions.threads(1);
  }

  /** A backend that remembers what it compiled. */
  private record Recording(Backend backend, List<Program> programs) implements Backend {
    Recording(Backend backend) {
      this(backend, new ArrayList<>());
    }

    @Override
    public String name() {
      return backend.name();
    }

    @Override
    public String description() {
      return backend.description();
    }

    @Override
    public Compiled compile(Program program) {
      programs.add(program);
      return backend.compile(program);
    }

    @Override
    public Store newStore() {
      return backend.newStore();
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
