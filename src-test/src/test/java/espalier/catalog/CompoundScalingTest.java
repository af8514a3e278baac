package espalier.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.core.catalog.CompoundScaling;
import espalier.core.catalog.MobileBlock;
import espalier.core.catalog.MobileNet;
import espalier.core.catalog.SizedMobileNet;
import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Decision;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.io.ImageSpec;
import espalier.core.nn.Activation;
import espalier.core.nn.NetworkCounts;
import espalier.core.search.BlackBoxStudy;
import espalier.core.search.History;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.space.CandidateSpace.Size;
import espalier.core.strategy.RandomSearch;
import espalier.core.strategy.RandomSearch.Replacement;
import espalier.core.train.Adam;
import espalier.core.train.ImageData;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.datasets.GeneratedImages;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Depth, width and resolution scaled together, as published and as found by a search. */
final class CompoundScalingTest {
  private static final SizedMobileNet B0 = new SizedMobileNet(224, MobileNet.efficientNetB0());
  private static final ImageSpec PHOTOGRAPH = new ImageSpec(224, 224, 3);
  private static final int MEMBERS = 109;

  private static NetworkCounts counts(SizedMobileNet net) {
    return NetworkCounts.declared(net.network(1000), PHOTOGRAPH);
  }

  private static List<Integer> depths(MobileNet net) {
    return net.stages().stream().map(stage -> stage.blocks().size()).toList();
  }

  private static List<Integer> widths(MobileNet net) {
    return net.stages().stream().map(MobileNet.Stage::channels).toList();
  }

  @Test
  void theGridHasAllThatCostAboutTwiceAndThePublishedOneAmongThem() {
    List<CompoundScaling> grid = CompoundScaling.grid(2, 0.1);
    List<CompoundScaling> expected = new ArrayList<>();
    BigDecimal tenth = new BigDecimal("0.1");
    for (int a = 100; a <= 200; a += 5) {
      for (int b = 100; b <= 200; b += 5) {
        for (int c = 100; c <= 200; c += 5) {
          BigDecimal cost =
              BigDecimal.valueOf(a, 2)
                  .multiply(BigDecimal.valueOf(b, 2).pow(2))
                  .multiply(BigDecimal.valueOf(c, 2).pow(2));
          if (cost.subtract(BigDecimal.TWO).abs().compareTo(tenth) <= 0) {
            expected.add(new CompoundScaling(a / 100.0, b / 100.0, c / 100.0));
          }
        }
      }
    }
    assertThat(grid).isEqualTo(expected).hasSize(MEMBERS);
    assertThat(grid).contains(CompoundScaling.efficientNet());
    assertThat(CompoundScaling.efficientNet().cost()).isBetween(1.92, 1.9203);
    ComposedSpace<CompoundScaling> space = CompoundScaling.space(B0, 2, 0.1);
    assertThat(space.size()).isEqualTo(new Size.Exact(BigInteger.valueOf(MEMBERS)));
    Decision published = space.parse("1.2x1.1x1.15");
    assertThat(space.value(published)).isEqualTo(CompoundScaling.efficientNet());
    // B0's stages have one to four blocks, so depths from 1.05 to 1.25 are one network.
    assertThat(space.canonical(published))
        .isEqualTo(space.canonical(space.parse("1.25x1.1x1.15")))
        .isNotEqualTo(space.canonical(space.parse("1.2x1.15x1.1")));
  }

  @Test
  void publishedNetworksFollowAsFarAsTheyDo() {
    SizedMobileNet b2 = CompoundScaling.efficientNet().times(1, B0);
    assertThat(b2.net()).isEqualTo(MobileNet.efficientNetB0().scaled(1.1, 1.2));
    assertThat(counts(b2).parameters()).isEqualTo(9_109_994);
    assertThat(b2.resolution()).as("260 was published").isEqualTo(258);
    SizedMobileNet half = CompoundScaling.efficientNet().times(0.5, B0);
    MobileNet b1 = MobileNet.efficientNetB0().scaled(1, 1.1);
    assertThat(half.resolution()).isEqualTo(240);
    assertThat(depths(half.net())).isEqualTo(depths(b1));
    assertThat(counts(new SizedMobileNet(half.resolution(), b1)).parameters()).isEqualTo(7_794_184);
    assertThat(widths(half.net())).as("B1 was published at width 1").isNotEqualTo(widths(b1));
  }

  @Test
  void eachStepCostsAboutTwiceTheOneBefore() {
    assertThat(CompoundScaling.efficientNet().times(0, B0)).isEqualTo(B0);
    double before = counts(B0).multiplyAccumulates();
    for (int phi = 1; phi <= 4; phi++) {
      double cost = counts(CompoundScaling.efficientNet().times(phi, B0)).multiplyAccumulates();
      assertThat(cost / before).isBetween(1.7, 2.6);
      before = cost;
    }
  }

  @Test
  void scalingsThatShrinkOrAreNoneAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CompoundScaling(1, 0.9, 1))
        .withMessage("compound scaling: by 1.0, 0.9 and 1.0, expected 1 or more of each");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompoundScaling.space(B0, 0.5, 0.1))
        .withMessage("compound scaling: none costs 0.5 to within 0.1, expected some");
  }

  /** A grid search at φ = 1 by real training, then the base at φ = 2 by what it found. */
  @Test
  void aSearchFindsTheScalingOfASmallNetworkWithinItsLimit() {
    MobileBlock block = MobileBlock.Inverted.of(2, 3);
    SizedMobileNet base =
        new SizedMobileNet(
            10,
            new MobileNet(
                8,
                1,
                List.of(MobileNet.Stage.of(8, 2, 2, block), MobileNet.Stage.of(16, 2, 3, block)),
                32,
                Activation.RELU));
    ComposedSpace<CompoundScaling> space = CompoundScaling.space(base, 2, 0.1);
    int classes = GeneratedImages.classNames().size();
    ImageData images =
        ImageData.of(
            new GeneratedImages(new ImageSpec(16, 16, 1), GeneratedImages.Scene.PLAIN, 2)
                .splits(320, 200, 8)
                .search());
    long limit =
        2
            * NetworkCounts.declared(base.network(classes), images.task().input())
                .multiplyAccumulates();
    Objective accuracy = Objective.maximise(TrainingEstimator.ACCURACY);
    Objective cost = Objective.minimise(TrainingEstimator.MACS).within((double) limit);
    Recipe recipe =
        Recipe.standard()
            .withBatchSize(16)
            .with(new Adam(0.9, 0.999, 1e-8, 0, false), new Schedule.Cosine(0.005, 0));
    History<Decision> history;
    try (Backend backend = Backends.best(BackendOptions.threads(1))) {
      history =
          new BlackBoxStudy<>(
                  space,
                  new TrainingEstimator<>(
                      backend,
                      candidate -> space.model(candidate, classes),
                      images,
                      new TrainingEstimator.Settings(recipe, 3, TrainingEstimator.Reduction.STEPS),
                      1),
                  Objectives.of(accuracy, cost),
                  BlackBoxStudy.Settings.cached(MEMBERS))
              .run(new RandomSearch<>(space, Replacement.WITHOUT, 1));
    }
    assertThat(history.end()).isEqualTo(History.End.DONE);
    assertThat(history.entries()).hasSize(MEMBERS);
    int refused = 0;
    double best = 0;
    Set<String> trained = new HashSet<>();
    for (History.Entry<Decision> entry : history.entries()) {
      Decision candidate = entry.trial().candidate();
      long macs =
          NetworkCounts.declared(space.model(candidate, classes), images.task().input())
              .multiplyAccumulates();
      if (macs > limit) {
        assertThat(entry.outcome()).isEqualTo(new Outcome.Infeasible(cost, macs));
        refused++;
      } else {
        best = Math.max(best, accuracy.score(entry.outcome()).orElseThrow());
        assertThat(trained.add(space.canonical(candidate))).isEqualTo(entry.isCharged());
      }
    }
    History.Entry<Decision> found = history.incumbent(accuracy).orElseThrow();
    assertThat(refused).isEqualTo(55);
    assertThat(trained).hasSize(7);
    assertThat(accuracy.score(found.outcome()).orElseThrow()).isEqualTo(best);
    CompoundScaling scaling = space.value(found.trial().candidate());
    SizedMobileNet larger = scaling.times(2, base);
    double side = base.resolution() * scaling.resolution() * scaling.resolution();
    assertThat(larger.resolution() - side).isBetween(-1.0, 1.0);
    assertThat(
            NetworkCounts.declared(larger.network(classes), images.task().input())
                .multiplyAccumulates())
        .isGreaterThan(limit);
  }
}
