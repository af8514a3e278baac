package espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.Augmentation;
import espalier.core.io.DataException;
import espalier.core.nn.Conv;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.train.Recipe;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that was stopped and goes on from its checkpoint. */
class TrainingResumeTest {
  private static final int PER_EPOCH = 5;

  /** Four epochs and a part of a fifth. */
  private static final int STEPS = 4 * PER_EPOCH + 2;

  /** Momentum, drop-path, dropout, augmentation and the best epoch all have to be carried over. */
  private static final Recipe RECIPE =
      Quadrants.recipe().with(new Augmentation(1, true, 2)).withDropPath(0.3);

  @TempDir private Path folder;

  private static Backend open(String name) {
    return Backends.open(name, BackendOptions.threads(2));
  }

  /** Stops the training once that many steps are done. */
  private static TrainingListener stopAt(long step) {
    return new TrainingListener() {
      private long done;

      @Override
      public void start(long before) {
        done = before;
      }

      @Override
      public void step(long now, long steps, double loss) {
        done = now;
      }

      @Override
      public boolean isCancelled() {
        return done >= step;
      }
    };
  }

  private static Trainer trainer(Backend backend, Network network) {
    return Quadrants.trainer(backend, network, RECIPE, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu-simd", "cpu-scalar"})
  void whereverItWasStoppedItEndsWithTheBitsOfOneNeverStopped(String name) {
    try (Backend backend = open(name)) {
      Map<String, float[]> expected;
      try (Trainer whole = trainer(backend, Quadrants.RANDOM_NETWORK)) {
        whole.run(STEPS, Optional.empty(), TrainingListener.none());
        expected = whole.weights();
      }
      for (int stop = 2; stop < STEPS; stop += 3) {
        Optional<Path> file = Optional.of(folder.resolve(name + stop));
        try (Trainer first = trainer(backend, Quadrants.RANDOM_NETWORK)) {
          assertThat(first.run(STEPS, file, stopAt(stop)))
              .isEqualTo(new TrainingOutcome.Cancelled(stop));
        }
        try (Trainer second = trainer(backend, Quadrants.RANDOM_NETWORK)) {
          assertThat(second.run(STEPS, file, TrainingListener.none()))
              .isEqualTo(new TrainingOutcome.Completed(STEPS));
          assertThat(Quadrants.same(second.weights(), expected))
              .describedAs("stop %d", stop)
              .isTrue();
        }
      }
    }
  }

  @Test
  void stoppedAfterEachEpochInTurnItEndsWithTheSameBits() {
    try (Backend backend = open("cpu-simd")) {
      Optional<Path> file = Optional.of(folder.resolve("checkpoint"));
      for (int stop = PER_EPOCH; stop < STEPS; stop += PER_EPOCH) {
        try (Trainer part = trainer(backend, Quadrants.RANDOM_NETWORK)) {
          part.run(STEPS, file, stopAt(stop));
        }
      }
      try (Trainer last = trainer(backend, Quadrants.RANDOM_NETWORK);
          Trainer whole = trainer(backend, Quadrants.RANDOM_NETWORK)) {
        last.run(STEPS, file, TrainingListener.none());
        whole.run(STEPS, Optional.empty(), TrainingListener.none());
        assertThat(Quadrants.same(last.weights(), whole.weights())).isTrue();
      }
    }
  }

  @Test
  void oneThatStoppedEarlyStaysStopped() {
    Recipe recipe =
        Quadrants.recipe()
            .with(Quadrants.recipe().optimizer(), progress -> progress < 0.3 ? 0.05 : -2)
            .withPatience(1);
    Optional<Path> file = Optional.of(folder.resolve("checkpoint"));
    try (Backend backend = open("cpu-simd");
        Trainer first = Quadrants.trainer(backend, Quadrants.NETWORK, recipe, 1);
        Trainer second = Quadrants.trainer(backend, Quadrants.NETWORK, recipe, 1)) {
      TrainingOutcome outcome = first.run(10 * PER_EPOCH, file, TrainingListener.none());
      assertThat(outcome).isInstanceOf(TrainingOutcome.StoppedEarly.class);
      assertThat(second.run(10 * PER_EPOCH, file, TrainingListener.none())).isEqualTo(outcome);
      assertThat(Quadrants.same(first.weights(), second.weights())).isTrue();
    }
  }

  private void write(Network network, Path file) {
    try (Backend backend = open("cpu-scalar");
        Trainer trainer = trainer(backend, network)) {
      trainer.run(PER_EPOCH, Optional.of(file), TrainingListener.none());
    }
  }

  /** The one sentence with which a training refuses to go on from {@code file}. */
  private void refused(Path file, Network network, String sentence) {
    try (Backend backend = open("cpu-scalar");
        Trainer trainer = trainer(backend, network)) {
      assertThatThrownBy(() -> trainer.run(9, Optional.of(file), TrainingListener.none()))
          .isInstanceOf(DataException.class)
          .message()
          .contains(file.getFileName() + ": ")
          .contains(sentence)
          .doesNotContain("\n");
    }
  }

  @Test
  void aCheckpointCutShortIsRefusedInOneSentence() throws IOException {
    Path file = folder.resolve("checkpoint");
    write(Quadrants.NETWORK, file);
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, 7, 8, 9, 100, whole.length / 2, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut" + length), Arrays.copyOf(whole, length));
      refused(cut, Quadrants.NETWORK, "");
    }
  }

  private static Network layers(Layer... layers) {
    return Network.of(Layer.sequence(layers));
  }

  @Test
  void aCheckpointOfAnotherNetworkIsRefusedByTheNameOfAVariable() {
    Network narrow = layers(Conv.same(6, 3, 1), Pool.flatten(), Linear.of(4));
    Network wide = layers(Conv.same(8, 3, 1), Pool.flatten(), Linear.of(4));
    Network deep =
        layers(Conv.same(6, 3, 1), Pool.flatten(), Linear.of(4), Layer.relu(), Linear.of(4));
    Path file = folder.resolve("narrow");
    write(narrow, file);
    refused(file, wide, "variable '0.weight' has 54 values, the network expects [3, 3, 1, 8]");
    refused(file, deep, "variable '4.weight' is missing");
    Path deeper = folder.resolve("deep");
    write(deep, deeper);
    refused(deeper, narrow, "variable '4.bias' is unknown here");
  }
}
