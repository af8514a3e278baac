package espalier.core.study;

import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.nn.NetworkCounts;
import espalier.core.recurrent.WordNetwork;
import espalier.core.statistics.Summary;
import espalier.core.study.StudyListener.Phase;
import espalier.core.train.Examples;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.TaskData;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.core.train.TrainingOutcome;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Compares networks that are trained alike. Each is first trained with every learning rate from one
 * seed, and the rate of the lowest validation perplexity is its own; then with that rate from other
 * seeds, and measured on the test text.
 */
public record CellContest(TaskData data, Examples test, Settings settings, long seed) {
  private static final String TRAINING = "training";

  /**
   * How networks are trained and compared.
   *
   * @param recipe of all trainings, but for the learning rate
   * @param epochs of each training; the weights of the best one by validation perplexity are kept
   * @param rates the learning rates tried, each falling to a hundredth along a cosine
   * @param seeds how many trainings are measured on the test text
   */
  public record Settings(Recipe recipe, int epochs, List<Double> rates, int seeds) {
    public Settings {
      rates = List.copyOf(rates);
      if (epochs < 1 || seeds < 2 || rates.isEmpty()) {
        throw new IllegalArgumentException(
            "comparison: %d epochs, %d seeds and %d learning rates, expected 1, 2 and 1 or more"
                .formatted(epochs, seeds, rates.size()));
      }
    }
  }

  /** A network by name. */
  record Contender(String name, WordNetwork network) {}

  /**
   * How a network did.
   *
   * @param rate its learning rate, the best of those tried
   * @param valid validation perplexities, one for each seed
   * @param test test perplexities
   */
  public record Standing(
      String name, long parameters, int width, double rate, Summary valid, Summary test) {
    Json.Obj json() {
      return Json.object()
          .with("params", Json.of(parameters))
          .with("width", Json.of(width))
          .with("learningRate", Json.of(rate))
          .with("validPerplexity", Json.of(valid.mean()))
          .with("testPerplexity", Json.of(test.mean()))
          .with("testDeviation", Json.of(test.deviation()))
          .with("seeds", Json.of(test.count()));
    }
  }

  /** One training, of many. */
  private record Training(int index, Contender contender, double rate, long seed, boolean tested) {
    String name() {
      return "%s, rate %s, seed %d".formatted(contender.name(), rate, seed);
    }
  }

  /** What came of a training; no perplexity is known of one that diverged. */
  private record Perplexities(Optional<Double> valid, Optional<Double> test) {
    double rank() {
      return valid.orElse(Double.POSITIVE_INFINITY);
    }
  }

  /** Parameters of a network, as the literature counts them. */
  long parameters(WordNetwork network) {
    return NetworkCounts.declared(network, data.task().input()).parameters();
  }

  List<Standing> run(
      List<Contender> contenders,
      Backend backend,
      Optional<RunFolder> folder,
      StudyListener listener) {
    List<Standing> standings = new ArrayList<>();
    int index = 0;
    for (Contender contender : contenders) {
      List<Perplexities> tuned = new ArrayList<>();
      for (double rate : settings.rates()) {
        Training training = new Training(index++, contender, rate, seed, false);
        tuned.add(result(training, backend, folder, listener));
      }
      Perplexities best =
          tuned.stream().min(Comparator.comparingDouble(Perplexities::rank)).orElseThrow();
      double rate = settings.rates().get(tuned.indexOf(best));
      double[] valid = new double[settings.seeds()];
      double[] tested = new double[settings.seeds()];
      for (int i = 0; i < settings.seeds(); i++) {
        Training training = new Training(index++, contender, rate, seed + 1 + i, true);
        Perplexities found = result(training, backend, folder, listener);
        valid[i] = found.valid().orElseThrow(() -> diverged(training));
        tested[i] = found.test().orElseThrow(() -> diverged(training));
      }
      standings.add(
          new Standing(
              contender.name(),
              parameters(contender.network()),
              contender.network().settings().width(),
              rate,
              Summary.of(valid),
              Summary.of(tested)));
    }
    return standings;
  }

  private static RunStopped diverged(Training training) {
    return new RunStopped(
        RunStopped.Reason.DIVERGED,
        "language: the training of %s diverged; smaller learning rates may help"
            .formatted(training.name()));
  }

  /** What was recorded of a training, or what comes of it now, which is then recorded. */
  private Perplexities result(
      Training training, Backend backend, Optional<RunFolder> folder, StudyListener listener) {
    Optional<JsonDocument> recorded =
        folder.stream()
            .flatMap(run -> run.journal().entries(TRAINING).stream())
            .filter(entry -> entry.longInteger(TRAINING) == training.index())
            .findFirst();
    if (recorded.isPresent()) {
      return new Perplexities(real(recorded.get(), "valid"), real(recorded.get(), "test"));
    }
    Perplexities found = train(training, backend, folder, listener);
    listener.note(
        "%s: validation perplexity %s%s"
            .formatted(
                training.name(),
                text(found.valid()),
                training.tested() ? ", test perplexity " + text(found.test()) : ""));
    folder.ifPresent(run -> {
      run.journal()
          .append(
              TRAINING,
              Json.object()
                  .with(TRAINING, Json.of(training.index()))
                  .with("name", Json.of(training.name()))
                  .with("valid", found.valid().map(Json::of).orElseGet(Json.Null::new))
                  .with("test", found.test().map(Json::of).orElseGet(Json.Null::new)));
      run.discardCheckpoint(checkpoint(training));
    });
    return found;
  }

  private static Optional<Double> real(JsonDocument entry, String name) {
    return entry.get(name).isNull() ? Optional.empty() : Optional.of(entry.real(name));
  }

  private static String text(Optional<Double> perplexity) {
    return perplexity.map("%.2f"::formatted).orElse("unknown, it diverged");
  }

  private static String checkpoint(Training training) {
    return TRAINING + training.index();
  }

  private Perplexities train(
      Training training, Backend backend, Optional<RunFolder> folder, StudyListener listener) {
    Recipe recipe =
        settings
            .recipe()
            .with(
                settings.recipe().optimizer(),
                new Schedule.Cosine(training.rate(), training.rate() / 100));
    int stepsPerEpoch = data.stepsPerEpoch(recipe.batchSize());
    long steps = Math.multiplyExact((long) settings.epochs(), stepsPerEpoch);
    listener.begin(Phase.TRAIN, steps, stepsPerEpoch);
    try (Trainer trainer =
        new Trainer(backend, training.contender().network(), recipe, data, training.seed())) {
      TrainingOutcome outcome =
          trainer.run(
              steps, folder.map(run -> run.checkpoint(checkpoint(training))), heard(listener));
      if (outcome instanceof TrainingOutcome.Diverged) {
        return new Perplexities(Optional.empty(), Optional.empty());
      }
      if (outcome instanceof TrainingOutcome.Cancelled(long step)) {
        throw new RunStopped(
            RunStopped.Reason.CANCELLED,
            "language: stopped at step %d of %s".formatted(step, training.name()));
      }
      return new Perplexities(
          data.valid().map(valid -> trainer.measure(valid).leadingValue()),
          training.tested() ? Optional.of(trainer.measure(test).leadingValue()) : Optional.empty());
    }
  }

  private static TrainingListener heard(StudyListener listener) {
    return new TrainingListener() {
      @Override
      public void step(long step, long steps, double loss) {
        listener.step(Phase.TRAIN, step, steps, loss);
      }

      @Override
      public void epoch(Epoch epoch) {
        listener.trainEpoch(epoch);
      }

      @Override
      public boolean isCancelled() {
        return listener.isCancelled();
      }
    };
  }
}
