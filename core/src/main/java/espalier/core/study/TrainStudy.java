package espalier.core.study;

import espalier.core.data.Splits;
import espalier.core.io.AtomicFile;
import espalier.core.io.Json;
import espalier.core.nn.Model;
import espalier.core.nn.Network;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.kernels.spi.Backend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one given architecture and measures it once on the test split.
 *
 * @param notation the architecture in words, recorded with the result
 * @param around what the network is around the architecture, in words
 * @param network the network to train
 */
public record TrainStudy(
    String notation,
    String around,
    Network network,
    Splits splits,
    Recipe recipe,
    Budget budget,
    boolean trainOnAll,
    long seed,
    List<String> arguments) {

  public TrainStudy {
    arguments = List.copyOf(arguments);
    requireBatch("training", splits.train().size(), recipe.batchSize());
  }

  /** An epoch has whole batches only, so it needs at least one. */
  static void requireBatch(String split, int images, int batchSize) {
    if (images < batchSize) {
      throw new IllegalArgumentException(
          "the %s split has %d images, fewer than a batch of %d; use a smaller batch or more images"
              .formatted(split, images, batchSize));
    }
  }

  /** What a training yields; closing it closes the model. */
  public record Result(
      String notation,
      long parameters,
      long multiplyAccumulates,
      Optional<Score> valid,
      Optional<Score> test,
      double seconds,
      long peakBytes,
      Model model,
      Provenance provenance)
      implements AutoCloseable {

    /** As the file {@code result.json} holds it. */
    public Json.Obj json() {
      return Json.object()
          .with("genotype", Json.of(notation))
          .with("params", Json.of(parameters))
          .with("macs", Json.of(multiplyAccumulates))
          .with("validAccuracy", SearchStudy.accuracy(valid))
          .with("testAccuracy", SearchStudy.accuracy(test))
          .with("trainSeconds", Json.of(seconds))
          .with("peakTrainBytes", Json.of(peakBytes))
          .with("provenance", provenance.json());
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /**
   * Runs on a backend that outlives the result.
   *
   * @param folder where to keep the journal, checkpoints and results
   * @throws RunStopped if it was asked to stop or diverged
   */
  public Result run(Backend backend, Optional<RunFolder> folder, StudyListener listener) {
    Deadline deadline = Deadline.of(budget);
    Provenance provenance = Provenance.of(seed, splits, parameters(), backend);
    ImageTraining training = ImageTraining.of(network, splits, recipe, budget, trainOnAll, seed);
    training.phase().requireConnected();
    folder.ifPresent(run -> RunStart.record(run.journal(), "train", arguments, provenance));
    TrainingPhase.Trained trained = training.phase().run(backend, folder, deadline, listener);
    Result result =
        new Result(
            notation,
            trained.parameters(),
            trained.multiplyAccumulates(),
            trained.valid(),
            trained.test(),
            trained.seconds(),
            trained.peakBytes(),
            training.model(trained, backend),
            provenance);
    folder.ifPresent(run -> finish(run, result));
    return result;
  }

  /** Every parameter by name, spelt out. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("architecture", notation);
    parameters.put("network", around);
    parameters.put("recipe", recipe.toString());
    parameters.put("budget", budget.toString());
    parameters.put("trainOnAll", Boolean.toString(trainOnAll));
    parameters.put("trainImages", Integer.toString(splits.train().size()));
    parameters.put("validImages", Integer.toString(splits.valid().size()));
    return parameters;
  }

  private static void finish(RunFolder run, Result result) {
    result.model().save(run.path());
    AtomicFile.write(run.file("result.json"), result.json().pretty());
    if (run.journal().entries("result").isEmpty()) {
      run.journal().append("result", result.json());
    }
    run.discardCheckpoint("train");
  }
}
