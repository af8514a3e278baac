package espalier.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import espalier.core.catalog.ChainSpace;
import espalier.core.catalog.MnasNetSpace;
import espalier.core.catalog.MobileSpaces;
import espalier.core.catalog.PocketNetwork;
import espalier.core.catalog.PocketSpace;
import espalier.core.catalog.SizeSpace;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.data.Augmentation;
import espalier.core.data.Splits;
import espalier.core.estimate.Hyperparameters;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrainingEstimator.Reduction;
import espalier.core.io.ImageSpec;
import espalier.core.morph.GrowingSpace;
import espalier.core.nn.CrossEntropy;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.NetworkCounts;
import espalier.core.random.Philox;
import espalier.core.search.Ask;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Strategy;
import espalier.core.space.Nb101Macro;
import espalier.core.space.Nb101Space;
import espalier.core.space.SearchSpace;
import espalier.core.strategy.Strategies;
import espalier.core.study.Budget;
import espalier.core.study.RunFolder;
import espalier.core.study.RunStopped;
import espalier.core.study.SearchMethod;
import espalier.core.study.SearchStudy;
import espalier.core.study.Searchable;
import espalier.core.study.SearchableCells;
import espalier.core.study.SearchableDecisions;
import espalier.core.study.SearchableGraphs;
import espalier.core.study.SearchableGrowth;
import espalier.core.study.StudyListener;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A study runs on every kind of space. */
final class SearchableTest {
  private static final ImageSpec IMAGE = new ImageSpec(16, 16, 1);
  private static final Splits SPLITS = new GeneratedImages(IMAGE, 3).splits(64, 32, 20);
  private static final int CLASSES = 10;
  private static final Recipe RECIPE =
      new Recipe(
          16,
          Sgd.darts(),
          new Schedule.Cosine(0.05, 0),
          5,
          CrossEntropy.plain(),
          0,
          0,
          Augmentation.none(),
          0);
  private static final int TRIALS = 3;
  private static final int TRIAL_EPOCHS = 3;

  private static Backend backend;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    backend = Backends.best(BackendOptions.threads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Map<String, Searchable<?>> all() {
    SearchableCells<?> cells = new SearchableCells<>(ConnectedSpace.of(2));
    Map<String, Searchable<?>> all = new LinkedHashMap<>();
    all.put("cells", cells);
    all.put("cells and training", cells.tuned(Hyperparameters.ofImages(64)).orElseThrow());
    all.put("pocket", new SearchableDecisions<>(PocketSpace.standard()));
    all.put("chain", new SearchableDecisions<>(ChainSpace.of(2, 4)));
    all.put("size", new SearchableDecisions<>(SizeSpace.nats()));
    all.put("mobile", new SearchableDecisions<>(MobileSpaces.small(4)));
    all.put("mnasnet", new SearchableDecisions<>(MnasNetSpace.standard()));
    all.put("macro", new SearchableDecisions<>(MobileSpaces.nasBenchMacro()));
    all.put("once for all", new SearchableDecisions<>(MobileSpaces.onceForAll()));
    SearchableGraphs graphs =
        new SearchableGraphs(Nb101Space.of(new Nb101Macro(16, 2)), new Nb101Macro(8, 1));
    all.put("graphs", graphs);
    all.put("graphs and training", graphs.tuned(Hyperparameters.ofImages(64)).orElseThrow());
    all.put("growing", new SearchableGrowth(new GrowingSpace(2, 4, 3, List.of(3, 5), 6)));
    return all;
  }

  private static Searchable<?> searchable(String name) {
    return Optional.ofNullable(all().get(name)).orElseThrow();
  }

  private static <A> SearchStudy<A> study(Searchable<A> searchable, String strategy) {
    return new SearchStudy<>(
        searchable,
        new SearchMethod.BlackBox(
            strategy,
            new TrainingEstimator.Settings(RECIPE, TRIAL_EPOCHS, Reduction.STEPS),
            Objectives.of(Objective.maximise(TrainingEstimator.ACCURACY)),
            new Budget.Epochs(TRIALS * TRIAL_EPOCHS)),
        SPLITS,
        Integer.MAX_VALUE,
        RECIPE,
        new Budget.Steps(2),
        false,
        1,
        List.of());
  }

  /** Notes outcomes, and stops the run once there were so many. */
  private static final class Witness implements StudyListener {
    private final int most;
    private final List<String> architectures = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    Witness(int most) {
      this.most = most;
    }

    @Override
    public void trial(long trial, long trials, String architecture, Outcome outcome) {
      architectures.add(architecture);
      outcomes.add(outcome);
    }

    @Override
    public boolean isCancelled() {
      return outcomes.size() >= most;
    }
  }

  private static Witness run(SearchStudy<?> study, RunFolder run, int most) {
    Witness witness = new Witness(most);
    if (most == Integer.MAX_VALUE) {
      study.run(backend, Optional.of(run), witness).close();
    } else {
      assertThatThrownBy(() -> study.run(backend, Optional.of(run), witness))
          .isInstanceOf(RunStopped.class);
    }
    return witness;
  }

  @ParameterizedTest
  @CsvSource({
    "pocket,re",
    "chain,re",
    "chain,tpe",
    "graphs,local",
    "graphs,hyperband",
    "growing,nash",
    "growing,random",
    "graphs and training,re",
    "graphs and training,pbt",
    "cells and training,random",
    "cells and training,bohb",
    "cells and training,pbt"
  })
  void aSearchOfAnyKindOfSpaceThatIsStoppedTwiceEndsWithTheSameBytes(String name, String strategy)
      throws IOException {
    SearchStudy<?> study = study(searchable(name), strategy);
    Witness alone;
    try (RunFolder run = RunFolder.create(folder.resolve("alone"))) {
      alone = run(study, run, Integer.MAX_VALUE);
    }
    Path path = folder.resolve("stopped");
    try (RunFolder run = RunFolder.create(path)) {
      run(study, run, 1);
    }
    try (RunFolder run = RunFolder.resume(path)) {
      run(study, run, 2);
    }
    try (RunFolder run = RunFolder.resume(path)) {
      Witness rest = run(study, run, Integer.MAX_VALUE);
      assertThat(rest.outcomes).isEqualTo(alone.outcomes);
      assertThat(rest.architectures).isEqualTo(alone.architectures);
    }
    assertThat(alone.outcomes).allMatch(outcome -> outcome instanceof Outcome.Measured);
    for (String file : List.of("genotype.json", "model.safetensors")) {
      assertThat(path.resolve(file)).hasSameBinaryContentAs(folder.resolve("alone").resolve(file));
    }
    try (Stream<Path> files = Files.list(path)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.contains("checkpoint"));
    }
  }

  static Stream<String> names() {
    return all().keySet().stream();
  }

  /** What makes a limit unreachable is at most what any candidate costs, and one costs it. */
  @ParameterizedTest
  @MethodSource("names")
  void noCandidateCostsLessThanTheCheapest(String name) {
    check(searchable(name));
  }

  private static <A> void check(Searchable<A> searchable) {
    SearchSpace<A> space = searchable.space();
    List<ToLongFunction<A>> costs =
        List.of(
            candidate -> counts(searchable, candidate).parameters(),
            candidate -> counts(searchable, candidate).multiplyAccumulates(),
            candidate ->
                NetworkCounts.modelBytes(
                    searchable.proxy(candidate, CLASSES), FeedSpec.images(IMAGE)));
    for (ToLongFunction<A> cost : costs) {
      long least = searchable.cheapest(space.sample(Philox.of(1, "any")), cost);
      assertThat(searchable.cheapest(space.sample(Philox.of(2, "any")), cost)).isEqualTo(least);
      for (int i = 0; i < 60; i++) {
        A candidate = space.sample(Philox.of(3, "candidates").trial(i));
        assertThat(cost.applyAsLong(candidate)).isGreaterThanOrEqualTo(least);
      }
    }
  }

  private static <A> NetworkCounts counts(Searchable<A> searchable, A candidate) {
    return NetworkCounts.declared(searchable.proxy(candidate, CLASSES), IMAGE);
  }

  /** Of all graphs of five vertices, and with fewer edges than all their poolings would need. */
  @ParameterizedTest
  @CsvSource({"9, 8", "5, 8", "9, 7"})
  void noGraphCostsLessThanTheCheapest(int mostEdges, int channels) {
    Nb101Macro macro = new Nb101Macro(channels, 1);
    Nb101Space space = new Nb101Space(5, mostEdges, macro);
    SearchableGraphs graphs = new SearchableGraphs(space, macro);
    NetworkCounts least = counts(graphs, space.cheapest());
    space
        .unique()
        .map(cell -> counts(graphs, cell.widened(5)))
        .forEach(counts -> {
          assertThat(counts.parameters()).isGreaterThanOrEqualTo(least.parameters());
          assertThat(counts.multiplyAccumulates())
              .isGreaterThanOrEqualTo(least.multiplyAccumulates());
        });
  }

  /** A run that is resumed by another process compares what is printed. */
  @ParameterizedTest
  @MethodSource("names")
  void aSpaceThatIsMadeAgainPrintsTheSame(String name) {
    assertThat(study(searchable(name), "random").parameters())
        .isEqualTo(study(searchable(name), "random").parameters());
  }

  @Test
  void spacesOfOtherSizesPrintOtherwise() {
    assertThat(MobileSpaces.small(4).toString()).isNotEqualTo(MobileSpaces.small(8).toString());
    assertThat(ChainSpace.of(2, 4).toString()).isNotEqualTo(ChainSpace.of(2, 5).toString());
  }

  /** As many members as all come to their last turn, in one population after the other. */
  @ParameterizedTest
  @CsvSource({"1, 2", "7, 7", "20, 20", "21, 10", "30, 15"})
  void populationsDivideTheTrials(long trials, int members) {
    assertThat(firstTurn(searchable("cells and training"), trials)).isEqualTo(members);
  }

  private static <A> int firstTurn(Searchable<A> searchable, long trials) {
    Strategy<A> strategy =
        Strategies.named(searchable.strategies(), "pbt")
            .open(Objective.maximise(TrainingEstimator.ACCURACY), trials, 1);
    int members = 0;
    while (strategy.ask(members) instanceof Ask.Propose<A>) {
      members++;
    }
    return members;
  }

  @ParameterizedTest
  @MethodSource("names")
  void whatIsWrittenDownIsReadBack(String name) {
    written(searchable(name));
  }

  private static <A> void written(Searchable<A> searchable) {
    A candidate = searchable.space().sample(Philox.of(5, "written"));
    assertThat(searchable.space().parse(searchable.space().print(candidate))).isEqualTo(candidate);
    assertThat(searchable.files(candidate).get("genotype.json"))
        .contains("\"space\"")
        .contains("\"notation\"");
  }

  /** What is left of the file without its header, whose length its first eight bytes tell. */
  @Test
  void aModelHoldsAsManyBytesAsItsNetworkWasSaidToHave() throws IOException {
    SearchableDecisions<Decision, ComposedSpace<PocketNetwork>> pocket =
        new SearchableDecisions<>(PocketSpace.standard());
    try (RunFolder run = RunFolder.create(folder.resolve("run"));
        var result = study(pocket, "random").run(backend, Optional.of(run), StudyListener.none())) {
      ByteBuffer file =
          ByteBuffer.wrap(Files.readAllBytes(run.file("model.safetensors")))
              .order(ByteOrder.LITTLE_ENDIAN);
      long values = file.capacity() - Long.BYTES - file.getLong(0);
      assertThat(
              NetworkCounts.modelBytes(
                  pocket.proxy(result.architecture(), CLASSES), FeedSpec.images(IMAGE)))
          .isEqualTo(values);
    }
  }

  @Test
  void aSupernetNeedsCells() {
    assertThatThrownBy(() ->
            SearchStudy.of(
                new SearchableDecisions<>(ChainSpace.of(2, 4)), SearchMethod.darts(), SPLITS, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "search: the space 'chain' has no cells to make a supernet of; choose a strategy of");
  }

  /** A network that was trained at one rate, then another, is trained so in the end too. */
  @Test
  void aTrainingThatChangedHandsHasTheRatesOfAllItsLegs() {
    legs(searchable("cells and training"));
  }

  private static <A> void legs(Searchable<A> searchable) {
    A first = searchable.space().sample(Philox.of(1, "first"));
    Schedule early = searchable.recipe(first, RECIPE).schedule();
    A second =
        Stream.iterate(0, i -> i + 1)
            .map(i -> searchable.space().sample(Philox.of(i, "second")))
            .filter(other -> !searchable.recipe(other, RECIPE).schedule().equals(early))
            .findFirst()
            .orElseThrow();
    Schedule late = searchable.recipe(second, RECIPE).schedule();
    Schedule both =
        searchable
            .recipe(
                List.of(new Searchable.Leg<>(0.5, first), new Searchable.Leg<>(1, second)), RECIPE)
            .schedule();
    assertThat(both.rate(0.25)).isEqualTo(early.rate(0.25)).isNotEqualTo(late.rate(0.25));
    assertThat(both.rate(0.5)).isEqualTo(late.rate(0.5)).isNotEqualTo(early.rate(0.5));
    assertThat(searchable.recipe(List.of(new Searchable.Leg<>(1, second)), RECIPE))
        .isEqualTo(searchable.recipe(second, RECIPE));
  }
}
