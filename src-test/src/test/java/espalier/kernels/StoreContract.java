package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Example;

/** What every store must do with variables, arenas, feeds and results. */
interface StoreContract {
  /** The backend under test. */
  Backend open(BackendOptions options);

  private Backend open() {
    return open(BackendOptions.threads(2));
  }

  @Example
  default void variablesStartAtZeroAndKeepWhatIsWritten() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      store.declare("weights", DType.F32, 3);
      store.declare("step", DType.I32, 2);
      assertThat(Numbers.of(store.read("weights"))).containsExactly(0, 0, 0);
      assertThat(Numbers.of(store.read("step"))).containsExactly(0, 0);

      store.write("weights", HostData.of(1f, -0.5f, 3f));
      store.write("step", HostData.of(7, Integer.MIN_VALUE));
      assertThat(Numbers.of(store.read("weights"))).containsExactly(1, -0.5, 3);
      assertThat(store.read("step"))
          .isInstanceOfSatisfying(
              HostData.Ints.class,
              read -> assertThat(read.values()).containsExactly(7, Integer.MIN_VALUE));

      store.write("weights", HostData.of(0.25, 2.0, -8.0));
      assertThat(Numbers.of(store.read("weights"))).containsExactly(0.25, 2, -8);
    }
  }

  @Example
  default void writesAndReadsAreCopies() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      float[] values = {1, 2};
      store.declare("v", DType.F32, 2);
      store.write("v", HostData.of(values));
      values[0] = 99;
      Numbers.of(store.read("v"))[1] = 99;
      HostData read = store.read("v");
      store.write("v", HostData.of(5f, 6f));
      assertThat(Numbers.of(read)).containsExactly(1, 2);
    }
  }

  @Example
  default void wrongUseOfVariablesIsRefused() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      store.declare("v", DType.F32, 2);
      assertThatIllegalArgumentException().isThrownBy(() -> store.declare("v", DType.F32, 2));
      assertThatIllegalArgumentException().isThrownBy(() -> store.declare("v", DType.I32, 2));
      assertThatIllegalArgumentException().isThrownBy(() -> store.declare("w", DType.F32, -1));
      assertThatIllegalArgumentException().isThrownBy(() -> store.read("absent"));
      assertThatIllegalArgumentException().isThrownBy(() -> store.write("absent", HostData.of(1f)));
      assertThatIllegalArgumentException().isThrownBy(() -> store.write("v", HostData.of(1f)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.write("v", HostData.of(1f, 2f, 3f)));
      assertThatIllegalArgumentException().isThrownBy(() -> store.write("v", HostData.of(1, 2)));
      assertThat(Numbers.of(store.read("v"))).containsExactly(0, 0);
    }
  }

  @Example
  default void feedsMustFitTheProgram() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      Backend.Compiled doubling = backend.compile(StorePrograms.doubling(3));
      assertThatIllegalArgumentException().isThrownBy(() -> store.run(doubling, Map.of()));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.run(doubling, Map.of("y", HostData.of(1f, 2f, 3f))));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.run(doubling, Map.of("x", HostData.of(1f, 2f))));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.run(doubling, Map.of("x", HostData.of(1, 2, 3))));
      assertThatIllegalArgumentException()
          .isThrownBy(() ->
              store.run(doubling, Map.of("x", HostData.of(1f, 2f, 3f), "more", HostData.of(1f))));
      var results = store.run(doubling, Map.of("x", HostData.of(1f, 2f, 3f)));
      assertThat(Numbers.of(results.read(0))).containsExactly(2, 4, 6);
    }
  }

  @Example
  default void feedsAreCopiedBeforeRunReturns() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      float[] x = new float[10_000];
      x[9_999] = 21;
      var results =
          store.run(backend.compile(StorePrograms.doubling(x.length)), Map.of("x", HostData.of(x)));
      Arrays.fill(x, -1);
      double[] expected = new double[x.length];
      expected[9_999] = 42;
      assertThat(Numbers.of(results.read(0))).isEqualTo(expected);
    }
  }

  @Example
  default void resultsStayReadableUntilTheNextRun() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      Backend.Compiled doubling = backend.compile(StorePrograms.doubling(2));
      var first = store.run(doubling, Map.of("x", HostData.of(1f, 2f)));
      store.declare("between", DType.F32, 100);
      assertThat(Numbers.of(first.read(0))).containsExactly(2, 4);
      assertThat(Numbers.of(first.read(0))).containsExactly(2, 4);
      var second = store.run(doubling, Map.of("x", HostData.of(5f, 6f)));
      assertThatIllegalStateException().isThrownBy(() -> first.read(0));
      assertThat(Numbers.of(second.read(0))).containsExactly(10, 12);
    }
  }

  @Example
  default void programsUpdateVariablesAcrossRuns() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      store.declare("sum", DType.F32, 3);
      Backend.Compiled accumulate = backend.compile(StorePrograms.accumulating("sum", 3));
      for (int i = 0; i < 5; i++) {
        store.run(accumulate, Map.of("x", HostData.of(1f, i, -2f)));
      }
      assertThat(Numbers.of(store.read("sum"))).containsExactly(5, 10, -10);
      store.write("sum", HostData.of(0f, 0f, 1f));
      store.run(accumulate, Map.of("x", HostData.of(1f, 1f, 1f)));
      assertThat(Numbers.of(store.read("sum"))).containsExactly(1, 1, 2);
    }
  }

  @Example
  default void programsNeedTheirVariables() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      Backend.Compiled accumulate = backend.compile(StorePrograms.accumulating("sum", 3));
      Map<String, HostData> feeds = Map.of("x", HostData.of(1f, 2f, 3f));
      assertThatIllegalArgumentException().isThrownBy(() -> store.run(accumulate, feeds));
      store.declare("sum", DType.F32, 4);
      assertThatIllegalArgumentException().isThrownBy(() -> store.run(accumulate, feeds));
    }
  }

  @Example
  default void anArenaIsMadeOnceForAllProgramsThatAreExpected() {
    List<Long> sizes = new ArrayList<>();
    try (Backend backend = open(new BackendOptions(1, (what, bytes) -> sizes.add(bytes)))) {
      Store store = backend.newStore();
      Backend.Compiled small = backend.compile(StorePrograms.doubling(10));
      Backend.Compiled large = backend.compile(StorePrograms.doubling(1000));
      store.expect(large);
      store.expect(small);
      assertThat(store.bytes()).isZero();
      store.run(small, Map.of("x", HostData.of(new float[10]))).read(0);
      store.run(large, Map.of("x", HostData.of(new float[1000]))).read(0);
      assertThat(sizes).containsExactly(large.program().arenaBytes());
      store.close();
    }
  }

  @Example
  default void twoProgramsShareOneArenaThatGrows() {
    var taken = new AllocationCount();
    try (Backend backend = open(new BackendOptions(1, taken))) {
      Store store = backend.newStore();
      assertThat(store.bytes()).isZero();
      Backend.Compiled small = backend.compile(StorePrograms.doubling(10));
      Backend.Compiled large = backend.compile(StorePrograms.doubling(1000));
      for (var program : List.of(small, large, small, large)) {
        int n = program.program().buffers().getFirst().elements();
        float[] x = new float[n];
        x[n - 1] = n;
        var results = store.run(program, Map.of("x", HostData.of(x)));
        assertThat(Numbers.of(results.read(0))[n - 1]).isEqualTo(2.0 * n);
        assertThat(store.bytes()).isEqualTo(taken.bytes());
      }
      assertThat(store.bytes()).isEqualTo(large.program().arenaBytes());

      store.declare("v", DType.F32, 7);
      store.declare("i", DType.I32, 5);
      assertThat(store.bytes()).isEqualTo(large.program().arenaBytes() + 12 * 4);
      assertThat(taken.bytes()).isEqualTo(store.bytes());
      store.close();
      assertThat(taken.bytes()).isZero();
    }
  }

  @Example
  default void stepsRunInOrder() {
    try (Backend backend = open();
        Store store = backend.newStore()) {
      int side = 71;
      int rounds = 21;
      float[] x = new float[side * side];
      double[] expected = new double[side * side];
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          x[row * side + column] = row * side + column;
          expected[column * side + row] = row * side + column + rounds;
        }
      }
      Program chain = StorePrograms.incrementingAndTransposing(side, rounds);
      var results = store.run(backend.compile(chain), Map.of("x", HostData.of(x)));
      assertThat(Numbers.of(results.read(0))).isEqualTo(expected);
    }
  }

  @Example
  default void closedStoresAndBackendsRefuse() {
    Backend backend = open();
    Backend.Compiled doubling = backend.compile(StorePrograms.doubling(1));
    Map<String, HostData> feeds = Map.of("x", HostData.of(1f));
    Store closed = backend.newStore();
    var unread = closed.run(doubling, feeds);
    closed.close();
    closed.close();
    assertThatIllegalStateException().isThrownBy(() -> closed.run(doubling, feeds));
    assertThatIllegalStateException().isThrownBy(() -> closed.declare("v", DType.F32, 1));
    assertThatIllegalStateException().isThrownBy(() -> unread.read(0));

    Store orphan = backend.newStore();
    backend.close();
    backend.close();
    assertThatIllegalStateException().isThrownBy(() -> orphan.run(doubling, feeds));
    assertThatIllegalStateException().isThrownBy(backend::newStore);
    assertThatIllegalStateException().isThrownBy(() -> backend.compile(StorePrograms.doubling(1)));
    orphan.close();
  }

  @Example
  default void programsOfAnotherBackendAreRefused() {
    try (Backend one = open();
        Backend other = open();
        Store store = one.newStore()) {
      Backend.Compiled foreign = other.compile(StorePrograms.doubling(1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.run(foreign, Map.of("x", HostData.of(1f))));
    }
  }

  @Example
  default void storesRunSideBySide() throws InterruptedException, ExecutionException {
    int stores = 4;
    int runs = 50;
    int n = 3_001;
    try (Backend backend = open();
        ExecutorService threads = Executors.newFixedThreadPool(stores)) {
      Backend.Compiled accumulate = backend.compile(StorePrograms.accumulating("sum", n));
      List<Future<double[]>> sums = new ArrayList<>();
      for (int s = 1; s <= stores; s++) {
        float[] x = new float[n];
        Arrays.fill(x, s);
        sums.add(
            threads.submit(() -> {
              try (Store store = backend.newStore()) {
                store.declare("sum", DType.F32, n);
                for (int run = 0; run < runs; run++) {
                  store.run(accumulate, Map.of("x", HostData.of(x)));
                }
                return Numbers.of(store.read("sum"));
              }
            }));
      }
      for (int s = 1; s <= stores; s++) {
        assertThat(sums.get(s - 1).get()).hasSize(n).containsOnly(runs * s);
      }
    }
  }
}
