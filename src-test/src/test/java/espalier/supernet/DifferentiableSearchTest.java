package espalier.supernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.data.SearchData;
import espalier.core.io.DataException;
import espalier.core.space.Cell;
import espalier.core.space.Nb201Macro;
import espalier.core.space.Nb201Space;
import espalier.core.supernet.BilevelSteps.Order;
import espalier.core.supernet.CellSupernet;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.supernet.DifferentiableSearch.Outcome;
import espalier.core.train.Schedule;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search promises whatever it finds: its steps, its seed, its checkpoints, its end. */
final class DifferentiableSearchTest {
  private static final int BATCH = 8;
  private static final int STEPS_PER_EPOCH = 3;
  private static final Schedule RATE = new Schedule.Cosine(0.1, 0.01);

  private static Backend backend;

  @TempDir private Path folder;

  /** Hears everything, and stops the search before a given step. */
  private static final class Recorder implements DifferentiableSearch.Listener {
    private final long stopAt;
    final List<Long> starts = new ArrayList<>();
    final List<Long> steps = new ArrayList<>();
    final List<DifferentiableSearch.Epoch> epochs = new ArrayList<>();
    private long done;

    Recorder(long stopAt) {
      this.stopAt = stopAt;
    }

    Recorder() {
      this(Long.MAX_VALUE);
    }

    @Override
    public void start(long step) {
      starts.add(step);
      done = step;
    }

    @Override
    public void step(long step, long total, double trainLoss, double validLoss) {
      steps.add(step);
      done = step;
    }

    @Override
    public void epoch(DifferentiableSearch.Epoch epoch) {
      epochs.add(epoch);
    }

    @Override
    public boolean isCancelled() {
      return done >= stopAt;
    }

    /** Epochs as text, in which tables compare by value. */
    List<String> told() {
      return epochs.stream()
          .map(epoch ->
              epoch.epoch()
                  + " "
                  + epoch.steps()
                  + " "
                  + epoch.trainLoss()
                  + " "
                  + epoch.validLoss()
                  + " "
                  + epoch.valid())
          .toList();
    }
  }

  @BeforeAll
  static void open() {
    backend = Backends.best(BackendOptions.threads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static DifferentiableSearch<Cell> search(Order order, Schedule rate, long seed) {
    Nb201Macro macro = new Nb201Macro(2, 1);
    SearchData data = NoiseImages.splits(BATCH * STEPS_PER_EPOCH + 1).search();
    return new DifferentiableSearch<>(
        backend,
        new CellSupernet<>(new Nb201Space(macro, macro), 3),
        SmallSettings.of(BATCH, order, rate, 0.05),
        data,
        data.train().normalisation(),
        seed);
  }

  /** Every variable's values, as bits. */
  private static Map<String, List<Integer>> bits(DifferentiableSearch<?> search) {
    Map<String, List<Integer>> bits = new LinkedHashMap<>();
    for (String name : search.session().variables().keySet()) {
      List<Integer> values = new ArrayList<>();
      for (float value : search.session().read(name)) {
        values.add(Float.floatToRawIntBits(value));
      }
      bits.put(name, values);
    }
    return bits;
  }

  /** Stopped within the first epoch, at its end, and within the second. */
  @ParameterizedTest
  @ValueSource(longs = {2, 3, 5})
  void resumedItEndsWithTheBitsOfOneNeverStopped(long stopAt) {
    Optional<Path> checkpoint = Optional.of(folder.resolve("checkpoint.safetensors"));
    Recorder whole = new Recorder();
    Recorder stopped = new Recorder(stopAt);
    Recorder resumed = new Recorder();
    try (var never = search(Order.SECOND, RATE, 1);
        var before = search(Order.SECOND, RATE, 1);
        var after = search(Order.SECOND, RATE, 1)) {
      assertThat(never.run(7, Optional.empty(), whole)).isEqualTo(new Outcome.Completed());
      assertThat(before.run(7, checkpoint, stopped)).isEqualTo(new Outcome.Cancelled(stopAt));
      assertThat(after.run(7, checkpoint, resumed)).isEqualTo(new Outcome.Completed());
      assertThat(resumed.starts).containsExactly(stopAt / STEPS_PER_EPOCH * STEPS_PER_EPOCH);
      assertThat(bits(after)).isEqualTo(bits(never));
      List<String> told = new ArrayList<>(stopped.told());
      told.addAll(resumed.told());
      assertThat(told).isEqualTo(whole.told());
    }
  }

  /** What an interrupted epoch had summed up does not count in the epoch done again. */
  @Test
  void theSameSearchCanGoOnFromItsCheckpoint() {
    Optional<Path> checkpoint = Optional.of(folder.resolve("checkpoint.safetensors"));
    Recorder whole = new Recorder();
    Recorder resumed = new Recorder();
    try (var never = search(Order.FIRST, RATE, 1);
        var again = search(Order.FIRST, RATE, 1)) {
      never.run(6, Optional.empty(), whole);
      again.run(6, checkpoint, new Recorder(5));
      again.run(6, checkpoint, resumed);
      assertThat(resumed.told()).isEqualTo(whole.told().subList(1, 2));
      assertThat(bits(again)).isEqualTo(bits(never));
    }
  }

  @Test
  void itDoesAsManyStepsAsAskedForAndEndsWithAnEpoch() {
    Recorder recorder = new Recorder();
    try (var search = search(Order.FIRST, RATE, 1)) {
      assertThat(search.stepsPerEpoch()).isEqualTo(STEPS_PER_EPOCH);
      search.run(7, Optional.empty(), recorder);
    }
    assertThat(recorder.steps).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(recorder.epochs)
        .extracting(epoch -> epoch.epoch() + ":" + epoch.steps())
        .containsExactly("1:3", "2:6", "3:7");
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void theSeedDecides(Order order) {
    try (var one = search(order, RATE, 0);
        var same = search(order, RATE, 0);
        var other = search(order, RATE, 1)) {
      for (var search : List.of(one, same, other)) {
        search.run(4, Optional.empty(), new Recorder());
      }
      assertThat(bits(same)).isEqualTo(bits(one));
      var differences = bits(other);
      differences.values().removeAll(bits(one).values());
      assertThat(differences)
          .containsKeys("alpha.cell", "stem.conv.weight", "stem.norm.running_mean");
    }
  }

  @Test
  void theOrderMatters() {
    try (var first = search(Order.FIRST, RATE, 1);
        var second = search(Order.SECOND, RATE, 1)) {
      first.run(2, Optional.empty(), new Recorder());
      second.run(2, Optional.empty(), new Recorder());
      assertThat(bits(second).get("alpha.cell")).isNotEqualTo(bits(first).get("alpha.cell"));
    }
  }

  @Test
  void aLossThatIsNoNumberEndsTheSearch() {
    Recorder recorder = new Recorder();
    try (var search = search(Order.FIRST, new Schedule.Constant(1e38), 1)) {
      Outcome outcome = search.run(20, Optional.empty(), recorder);
      assertThat(outcome).isInstanceOf(Outcome.Diverged.class);
      long step = ((Outcome.Diverged) outcome).step();
      assertThat(step).isBetween(1L, 19L).isEqualTo(recorder.steps.size());
    }
  }

  @Test
  void aCheckpointOfAnotherSearchIsRefused() {
    Path file = folder.resolve("checkpoint.safetensors");
    try (var first = search(Order.FIRST, RATE, 1)) {
      first.run(1, Optional.of(file), new Recorder());
      assertThat(Files.exists(file)).isTrue();
      Nb201Macro wider = new Nb201Macro(3, 1);
      SearchData data = NoiseImages.splits(BATCH).search();
      try (var other =
          new DifferentiableSearch<>(
              backend,
              new CellSupernet<>(new Nb201Space(wider, wider), 3),
              SmallSettings.of(BATCH, Order.FIRST),
              data,
              data.train().normalisation(),
              1)) {
        assertThatThrownBy(() -> other.run(2, Optional.of(file), new Recorder()))
            .isInstanceOf(DataException.class)
            .hasMessageContaining("checkpoint.safetensors: variable '");
      }
    }
  }
}
