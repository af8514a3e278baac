package espalier.cli;

import espalier.core.data.Augmentation;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.nn.CrossEntropy;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.study.Budget;
import espalier.core.study.SearchMethod;
import espalier.core.study.Searchable;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.train.Adam;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** How an architecture is looked for. */
final class SearchOptions {
  private static final int MOST_IMAGES = 4000;

  @Option(
      names = "--space",
      paramLabel = "NAME",
      description = "which networks: ${COMPLETION-CANDIDATES}")
  SpaceName space = SpaceName.DARTS;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "how one is found: ${COMPLETION-CANDIDATES}")
  Choice.Strategy strategy = Choice.Strategy.DARTS;

  @Option(
      names = "--tune",
      description =
          "search how candidates are trained as well (optimiser and what it asks for, batch,"
              + " mirroring and cropping), and train what is found that way")
  boolean tune;

  @Option(
      names = "--trial-epochs",
      paramLabel = "N",
      description = "how long each candidate is trained, unless --strategy is darts")
  int trialEpochs = 1;

  @Option(
      names = "--fidelity",
      paramLabel = "NAME",
      description =
          "what the candidates that sh, hyperband, asha and bohb train little have less of:"
              + " ${COMPLETION-CANDIDATES}")
  Choice.Fidelity fidelity = Choice.Fidelity.STEPS;

  @Option(
      names = "--objectives",
      paramLabel = "NAME,...",
      description =
          "what is wanted of a candidate, the first above all: accuracy, loss, params, macs, memory"
              + " (to train), size (of the model); more than one with a --strategy of random,"
              + " random-unique, nsga2, sh, hyperband or asha")
  Choice.Goals objectives = new Choice.Goals(List.of(Choice.Goal.ACCURACY));

  @Option(
      names = "--max-params",
      paramLabel = "N",
      description = "parameters a candidate may have at most, unless --strategy is darts",
      showDefaultValue = Visibility.NEVER)
  Optional<Long> maxParameters = Optional.empty();

  @Option(
      names = "--max-macs",
      paramLabel = "N",
      description = "multiply-accumulates a candidate may have at most, unless --strategy is darts",
      showDefaultValue = Visibility.NEVER)
  Optional<Long> maxMacs = Optional.empty();

  @Option(
      names = "--max-memory",
      paramLabel = "BYTES",
      description =
          "memory that the training of a candidate may take at most, unless --strategy is darts",
      showDefaultValue = Visibility.NEVER)
  Optional<Long> maxMemory = Optional.empty();

  @Option(
      names = "--max-size",
      paramLabel = "BYTES",
      description = "bytes a candidate's model may have at most, unless --strategy is darts",
      showDefaultValue = Visibility.NEVER)
  Optional<Long> maxSize = Optional.empty();

  @Option(
      names = "--order",
      paramLabel = "NAME",
      description = "how far the architecture's gradient looks: ${COMPLETION-CANDIDATES}")
  Choice.Order order = Choice.Order.FIRST;

  @Option(
      names = "--search-images",
      paramLabel = "N",
      description =
          "images of each split the search uses at most, drawn at random (default: "
              + MOST_IMAGES
              + "; generated: "
              + Embedded.SEARCH_IMAGES
              + ")",
      showDefaultValue = Visibility.NEVER)
  Optional<Integer> images = Optional.empty();

  @Option(
      names = "--search-channels",
      paramLabel = "N",
      description = "channels of the first cells of the supernet or of candidates")
  int channels = 8;

  @Option(
      names = "--search-cells",
      paramLabel = "N",
      description =
          "cells of the supernet or of candidates; of the spaces nasbench201 and nasbench101 in"
              + " each of three stages")
  int cells = 5;

  @Option(names = "--search-batch", paramLabel = "N", description = "images of a search step")
  int batch = 64;

  @Option(
      names = "--search-lr",
      paramLabel = "R",
      description = "learning rate of the search's weights at the start")
  double rate = 0.025;

  @Option(
      names = "--search-lr-end",
      paramLabel = "R",
      description = "learning rate of the search's weights at the end")
  double endRate = 0.001;

  @Option(
      names = "--search-momentum",
      paramLabel = "M",
      description = "momentum of the search's weights")
  double momentum = 0.9;

  @Option(
      names = "--search-weight-decay",
      paramLabel = "D",
      description = "weight decay of the search's weights")
  double weightDecay = 3e-4;

  @Option(
      names = "--search-clip",
      paramLabel = "N",
      description = "limit of the weight gradients' norm; 0 for none")
  double clip = 5;

  @Option(
      names = "--alpha-lr",
      paramLabel = "R",
      description = "learning rate of the architecture; the published 0.0003 needs tens of epochs")
  double alphaRate = 0.01;

  @Option(
      names = "--alpha-weight-decay",
      paramLabel = "D",
      description = "weight decay of the architecture")
  double alphaWeightDecay = 1e-3;

  @Option(names = "--search-flip", description = "mirror every second image, at random")
  boolean flip;

  @Option(
      names = "--search-crop",
      paramLabel = "N",
      description = "crop at random from the image with a black margin of N pixels")
  int crop;

  /** How many images of each split the search uses at most. */
  int images(boolean generated) {
    return images.orElse(generated ? Embedded.SEARCH_IMAGES : MOST_IMAGES);
  }

  /** Refuses options that would do nothing. */
  void check(Applicability options) {
    options.refuse(
        strategy != Choice.Strategy.DARTS,
        "applies to --strategy darts",
        "--order",
        "--alpha-lr",
        "--alpha-weight-decay");
    options.refuse(
        !strategy.hasTrials(),
        "applies to strategies that train candidates one by one",
        "--tune",
        "--trial-epochs",
        "--objectives",
        "--max-params",
        "--max-macs",
        "--max-memory",
        "--max-size");
    options.refuse(
        "--fidelity", !strategy.isRace(), "applies to --strategy sh, hyperband, asha and bohb");
    options.refuse(
        "--objectives",
        objectives.areSeveral() && !strategy.hasSeveralObjectives(),
        "%s are several, and --strategy %s follows one; random, random-unique, nsga2, sh, hyperband and asha follow several"
            .formatted(objectives, strategy));
    options.refuse(
        tune,
        "is found by the search with --tune",
        "--optimizer",
        "--momentum",
        "--nesterov",
        "--weight-decay",
        "--batch",
        "--lr",
        "--lr-end",
        "--schedule",
        "--warm-up",
        "--flip",
        "--crop",
        "--cutout",
        "--search-batch",
        "--search-lr",
        "--search-lr-end",
        "--search-momentum",
        "--search-weight-decay",
        "--search-flip",
        "--search-crop");
    options.refuse(
        strategy == Choice.Strategy.DRAW,
        "does nothing with --strategy draw, which searches nothing",
        "--search-images",
        "--search-channels",
        "--search-cells",
        "--search-batch",
        "--search-lr",
        "--search-lr-end",
        "--search-momentum",
        "--search-weight-decay",
        "--search-clip",
        "--search-flip",
        "--search-crop");
  }

  /**
   * Refuses a strategy that the space cannot be searched with, for so many objectives.
   *
   * @throws IllegalArgumentException naming those that it can be
   */
  void check(Searchable<?> searchable) {
    if (strategy == Choice.Strategy.PBT && !tune) {
      throw new IllegalArgumentException(
          "--strategy pbt needs --tune: members differ in how they are trained");
    }
    boolean lacksCells = strategy == Choice.Strategy.DARTS && searchable.cells().isEmpty();
    if (strategy.hasTrials() || lacksCells) {
      strategy.requireAmong(
          searchable.strategies().keySet(),
          "the space %s%s".formatted(space, tune ? " with --tune" : ""));
    }
    Set<String> several = new TreeSet<>(searchable.several().keySet());
    if (objectives.areSeveral() && !several.contains(strategy.toString())) {
      throw new IllegalArgumentException(
          "--objectives %s are several, which --strategy %s does not follow on the space %s; use one of %s"
              .formatted(objectives, strategy, space, String.join(", ", several)));
    }
  }

  /**
   * How the search goes.
   *
   * @param most images there are; where batches are found by the search, the common recipe's, which
   *     says what an epoch is, is no larger
   */
  SearchMethod method(Budget budget, int most) {
    return switch (strategy) {
      case DRAW -> new SearchMethod.Draw();
      case DARTS ->
          new SearchMethod.Darts(
              new DifferentiableSearch.Settings(
                  batch,
                  new Sgd(momentum, weightDecay, false),
                  new Schedule.Cosine(rate, endRate),
                  clip,
                  new Adam(0.5, 0.999, 1e-8, alphaWeightDecay, false),
                  alphaRate,
                  order.order(),
                  new Augmentation(crop, flip, 0)),
              budget);
      default ->
          new SearchMethod.BlackBox(
              strategy.toString(),
              new TrainingEstimator.Settings(
                  tune ? recipe().withBatchSize(Math.min(batch, most)) : recipe(),
                  trialEpochs,
                  fidelity.reduction()),
              limited(),
              objectives.all().size(),
              budget);
    };
  }

  private Recipe recipe() {
    return new Recipe(
        batch,
        new Sgd(momentum, weightDecay, false),
        new Schedule.Cosine(rate, endRate),
        clip,
        CrossEntropy.plain(),
        0,
        0,
        new Augmentation(crop, flip, 0),
        0);
  }

  /** The goals with their limits, then limits on what is no goal. */
  private Objectives limited() {
    SequencedMap<String, Objective> all = new LinkedHashMap<>();
    objectives.all().stream()
        .map(Choice.Goal::objective)
        .forEach(goal -> all.put(goal.metric(), goal));
    limit(all, Choice.Goal.PARAMS, maxParameters);
    limit(all, Choice.Goal.MACS, maxMacs);
    limit(all, Choice.Goal.MEMORY, maxMemory);
    limit(all, Choice.Goal.SIZE, maxSize);
    return new Objectives(List.copyOf(all.values()));
  }

  private static void limit(
      SequencedMap<String, Objective> all, Choice.Goal goal, Optional<Long> most) {
    most.ifPresent(bound -> all.put(goal.objective().metric(), goal.objective().within(bound)));
  }
}
