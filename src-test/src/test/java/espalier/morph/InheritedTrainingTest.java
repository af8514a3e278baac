package espalier.morph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import espalier.core.data.Augmentation;
import espalier.core.data.SearchData;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrialTrainings;
import espalier.core.io.ImageSpec;
import espalier.core.morph.Division;
import espalier.core.morph.GrowingNetwork;
import espalier.core.morph.GrowingSpace;
import espalier.core.morph.Growth;
import espalier.core.morph.Morphism;
import espalier.core.morph.NetworkMorphismSearch;
import espalier.core.nn.CrossEntropy;
import espalier.core.random.Draws;
import espalier.core.random.Philox;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.Fidelity;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.search.TrialListener;
import espalier.core.train.ImageData;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Score;
import espalier.core.train.Sgd;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Grown networks train on from what their parents learnt. */
final class InheritedTrainingTest {
  private static final GrowingSpace SPACE = new GrowingSpace(3, 8, 2, List.of(3), 8);
  private static final SearchData DATA =
      new GeneratedImages(new ImageSpec(16, 16, 1), GeneratedImages.Scene.PLAIN, 3)
          .splits(384, 192, 8)
          .search();
  private static final ImageData LEARNT = ImageData.of(DATA);
  private static final int BATCH = 16;
  private static final int EPOCHS = 6;
  private static final long SEED = 5;
  private static final Objective LOSS = Objective.minimise(TrainingEstimator.LOSS);

  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = Backends.best(BackendOptions.threads(1));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Recipe recipe() {
    return new Recipe(
        BATCH,
        new Sgd(0.9, 3e-4, false),
        new Schedule.Cosine(0.1, 0),
        5,
        CrossEntropy.plain(),
        0,
        0,
        Augmentation.none(),
        0);
  }

  private static TrainingEstimator<GrowingNetwork> estimator(TrialTrainings trainings) {
    return new TrainingEstimator<GrowingNetwork>(
            backend,
            network -> SPACE.model(network, DATA.train().classNames().size()),
            LEARNT,
            new TrainingEstimator.Settings(recipe(), EPOCHS, TrainingEstimator.Reduction.STEPS),
            SEED)
        .bequeathing(trainings);
  }

  private static Trial<GrowingNetwork> trial(long number, GrowingNetwork network, Start start) {
    return new Trial<>(number, network, Fidelity.whole(), start);
  }

  private static Trainer trainer(GrowingNetwork network) {
    return new Trainer(
        backend,
        SPACE.model(network, DATA.train().classNames().size()),
        recipe(),
        ImageData.of(DATA.train(), Optional.empty()),
        SEED);
  }

  private static Growth growth(GrowingNetwork from, long seed) {
    Draws draws = new Draws(Philox.of(seed, "growth"));
    List<Morphism> steps = new ArrayList<>();
    GrowingNetwork network = from;
    while (steps.size() < 4) {
      Morphism step = SPACE.morphism(network, draws).orElseThrow();
      steps.add(step);
      network = step.apply(network);
    }
    return new Growth(from, steps, new Division(0.1, seed, 0));
  }

  private static double loss(Outcome outcome) {
    return -LOSS.score(outcome).orElseThrow();
  }

  /** In single precision the logits differ by roundings, and no image changes its class. */
  @Test
  void childrenStartWhereTheirParentsEnded() {
    GrowingNetwork parent = SPACE.parse("8x3 / 16x3 / 16x3");
    Map<String, float[]> learnt;
    Score before;
    try (Trainer trainer = trainer(parent)) {
      trainer.run(4L * trainer.stepsPerEpoch(), Optional.empty(), TrainingListener.none());
      learnt = trainer.weights();
      before = trainer.measure(LEARNT.valid().orElseThrow());
    }
    for (long seed = 0; seed < 4; seed++) {
      Growth growth = growth(parent, seed);
      try (Trainer trainer = trainer(growth.to())) {
        Score fresh = trainer.measure(LEARNT.valid().orElseThrow());
        trainer.begin(growth.inherit(learnt));
        Score inherited = trainer.measure(LEARNT.valid().orElseThrow());
        assertThat(inherited.value(Metric.ACCURACY))
            .isEqualTo(before.value(Metric.ACCURACY))
            .isGreaterThan(fresh.value(Metric.ACCURACY));
        assertThat(inherited.value(Metric.LOSS)).isCloseTo(before.value(Metric.LOSS), within(1e-5));
      }
    }
  }

  @Test
  void heirsAreAheadOfThoseThatStartFromNothing() {
    TrialTrainings trainings = TrialTrainings.inMemory();
    TrainingEstimator<GrowingNetwork> estimator = estimator(trainings);
    GrowingNetwork parent = SPACE.parse("8x3 / 16x3 / 16x3");
    Outcome ancestor = estimator.estimate(trial(0, parent, new Start.Fresh()));
    for (long seed = 0; seed < 4; seed++) {
      Growth growth = growth(parent, seed);
      Outcome heir = estimator.estimate(trial(1 + seed, growth.to(), new Start.Inherit(0, growth)));
      Outcome fresh = estimator.estimate(trial(9, growth.to(), new Start.Fresh()));
      assertThat(loss(heir)).isLessThan(loss(fresh)).isLessThan(loss(ancestor));
      assertThat(trainings.find(1 + seed)).isPresent();
    }
  }

  @Test
  void nothingIsInheritedFromATrialThatIsNotKept() {
    GrowingNetwork parent = SPACE.parse("8x3 / 8x3 / 8x3");
    TrainingEstimator<GrowingNetwork> estimator = estimator(TrialTrainings.inMemory());
    assertThat(
            estimator.estimate(
                trial(
                    8,
                    parent,
                    new Start.Inherit(7, new Growth(parent, List.of(), Division.even())))))
        .isEqualTo(new Outcome.Failed("the weights of trial 7 are not kept"));
    assertThat(estimator.isStationary()).isFalse();
    try (Trainer trainer = trainer(parent)) {
      assertThatThrownBy(() -> trainer.begin(Map.of("classifier.bias", new float[3])))
          .hasMessageContaining("begins with variables [classifier.bias]");
    }
  }

  /** A whole search, in which weights are thrown away as soon as nobody can inherit them. */
  @Test
  void aSearchClimbsByTraining() {
    TrialTrainings trainings = TrialTrainings.inMemory();
    History<GrowingNetwork> history = search(trainings);
    List<History.Entry<GrowingNetwork>> entries = history.entries();
    assertThat(entries).hasSize(7).allMatch(e -> e.outcome() instanceof Outcome.Measured);
    assertThat(loss(history.incumbent(LOSS).orElseThrow().outcome()))
        .isLessThan(loss(entries.getFirst().outcome()));
    assertThat(((TrialTrainings.InMemory) trainings).kept()).hasSizeLessThanOrEqualTo(2);
    assertThat(search(TrialTrainings.inMemory())).isEqualTo(history);
  }

  private static History<GrowingNetwork> search(TrialTrainings trainings) {
    NetworkMorphismSearch strategy =
        new NetworkMorphismSearch(SPACE, LOSS, new NetworkMorphismSearch.Settings(3, 2, 0.1), SEED);
    return new BlackBoxStudy<>(
            SPACE, estimator(trainings), Objectives.of(LOSS), BlackBoxStudy.Settings.charged(7))
        .run(
            strategy,
            1,
            new TrialListener<>() {
              private final List<Long> left = new ArrayList<>();

              @Override
              public void told(History.Entry<GrowingNetwork> entry) {
                left.add(entry.trial().number());
                left.stream()
                    .filter(number -> !strategy.mayContinue(number))
                    .forEach(trainings::discard);
              }
            });
  }
}
