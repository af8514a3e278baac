package espalier.cli;

import espalier.core.data.Augmentation;
import espalier.core.data.Corpus;
import espalier.core.estimate.TrainingEstimator;
import espalier.core.estimate.TrainingEstimator.Reduction;
import espalier.core.language.NextWord;
import espalier.core.language.TextData;
import espalier.core.nn.CrossEntropy;
import espalier.core.recurrent.RecurrentSpace;
import espalier.core.recurrent.VariationalDropout;
import espalier.core.recurrent.WordNetwork;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.study.Budget;
import espalier.core.study.CellContest;
import espalier.core.study.SearchMethod;
import espalier.core.train.Adam;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** The language model, how its cell is looked for, and how what was found is compared. */
final class LanguageOptions {
  @Option(
      names = "--valid-fraction",
      paramLabel = "P",
      description = "share of the text to learn from that is kept apart, where the folder has none")
  double validFraction = 0.1;

  @Option(
      names = "--words",
      paramLabel = "N",
      description = "words of the vocabulary, the most frequent ones; others are <unk>")
  int words = 2000;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "words between which gradients flow; states are carried further")
  int window = 20;

  @Option(names = "--nodes", paramLabel = "N", description = "nodes of a cell")
  int nodes = RecurrentSpace.PUBLISHED_NODES;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "width of embeddings and states of the cells searched")
  int width = 64;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description = "share of the inputs, states and outputs that a window's mask omits")
  double dropout = 0.2;

  @Option(names = "--batch", paramLabel = "N", description = "streams of text read side by side")
  int batch = 20;

  @Option(names = "--clip", paramLabel = "N", description = "limit of the gradients' norm")
  double clip = 0.25;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "how a cell is found, of those that train candidates one by one")
  Choice.Strategy strategy = Choice.Strategy.RE;

  @Option(names = "--trials", paramLabel = "N", description = "candidates that are trained")
  int trials = 20;

  @Option(
      names = "--trial-epochs",
      paramLabel = "N",
      description = "how long each candidate is trained")
  int trialEpochs = 1;

  @Option(
      names = "--trial-lr",
      paramLabel = "R",
      description = "learning rate of candidates at the start")
  double trialRate = 0.005;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "how long the cell found and the vanilla cell are trained in the end")
  int epochs = 4;

  @Option(
      names = "--rates",
      paramLabel = "R,R,...",
      description = "learning rates both try; each takes its best one by validation")
  String rates = "0.0025,0.005,0.01";

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "trainings of each that are measured on the test text")
  int seeds = 3;

  WordNetwork.Settings network() {
    return new WordNetwork.Settings(width, new VariationalDropout(0, dropout, 0, dropout, dropout));
  }

  /** The search by validation perplexity. */
  SearchMethod.BlackBox method(Corpus corpus) {
    if (trials < 1) {
      throw new IllegalArgumentException(
          "--trials: found %d, expected 1 or more".formatted(trials));
    }
    int stepsPerEpoch = TextData.of(corpus, corpus.vocabulary(words), window).stepsPerEpoch(batch);
    if (stepsPerEpoch < 1) {
      throw new IllegalArgumentException(
          "language: %d words fill no window of %d in each of %d streams; use fewer or shorter ones"
              .formatted(corpus.train().size(), window, batch));
    }
    return new SearchMethod.BlackBox(
        strategy.toString(),
        new TrainingEstimator.Settings(recipe(trialRate), trialEpochs, Reduction.STEPS),
        Objectives.of(Objective.minimise(TrainingEstimator.valid(NextWord.PERPLEXITY))),
        new Budget.Steps((long) trials * trialEpochs * stepsPerEpoch));
  }

  CellContest.Settings finals() {
    List<Double> tried = Arrays.stream(rates.split(",")).map(LanguageOptions::rate).toList();
    return new CellContest.Settings(recipe(tried.getFirst()), epochs, tried, seeds);
  }

  private static double rate(String text) {
    try {
      double rate = Double.parseDouble(text.strip());
      if (rate > 0 && rate < Double.POSITIVE_INFINITY) {
        return rate;
      }
    } catch (NumberFormatException _) {
      // Answered like a rate that is out of bounds.
    }
    throw new IllegalArgumentException(
        "--rates: found '%s', expected numbers above 0, for example 0.005,0.01".formatted(text));
  }

  private Recipe recipe(double rate) {
    return new Recipe(
        batch,
        new Adam(0.9, 0.999, 1e-8, 0, false),
        new Schedule.Cosine(rate, rate / 100),
        clip,
        CrossEntropy.plain(),
        0,
        0,
        Augmentation.none(),
        0);
  }
}
