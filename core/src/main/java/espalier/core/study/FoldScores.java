package espalier.core.study;

import espalier.core.data.Folds;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.search.Outcome;
import espalier.core.train.Metric;
import espalier.core.train.Score;
import espalier.core.train.TableFold;
import espalier.kernels.spi.Backend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/** What the folds of a study came to. A fold that the journal has the score of is done. */
record FoldScores(TableStudy study) {
  private static final String FOLD = "fold";

  /** The score of each fold on the rows it leaves out. */
  List<Score> measure(Backend backend, Optional<RunFolder> folder, StudyListener listener) {
    List<Score> measured = new ArrayList<>();
    for (int number = 0; number < study.folds(); number++) {
      TableFold fold =
          TableFold.of(
              study.table(),
              Folds.of(study.table().target(), study.folds(), study.seed()),
              number,
              study.seed());
      TableSearch search =
          new TableSearch(
              "%s-%d-".formatted(FOLD, number + 1), fold, number, study.settings(), study.seed());
      Optional<JsonDocument> recorded = recorded(folder, number);
      measured.add(
          recorded.isPresent()
              ? score(recorded.get(), fold.search().task().metrics())
              : score(search, fold, backend, folder, listener));
      folder.ifPresent(search::discardCheckpoint);
    }
    return measured;
  }

  private static Optional<JsonDocument> recorded(Optional<RunFolder> folder, int number) {
    return folder.stream()
        .flatMap(run -> run.journal().entries(FOLD).stream())
        .filter(entry -> entry.longInteger(FOLD) == number + 1)
        .findFirst();
  }

  private static Score score(JsonDocument entry, List<Metric> metrics) {
    SequencedMap<Metric, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric, entry.get("measured").real(metric.name())));
    return new Score(values);
  }

  private Score score(
      TableSearch search,
      TableFold fold,
      Backend backend,
      Optional<RunFolder> folder,
      StudyListener listener) {
    TableSearch.Fitted fitted =
        search.run(backend, folder, new WithoutEpochs(listener), fold::test);
    Score score = fitted.trained().test().orElseThrow();
    folder.ifPresent(run -> record(run, search.number(), fitted, score));
    listener.note(
        String.format(
            Locale.ROOT,
            "fold %d/%d: %s %.4f   %s",
            search.number() + 1,
            study.folds(),
            score.leading().name(),
            score.leadingValue(),
            fitted.notation()));
    return score;
  }

  private static void record(RunFolder run, int number, TableSearch.Fitted fitted, Score score) {
    Json.Obj values = Json.object();
    for (var entry : score.values().entrySet()) {
      values = values.with(entry.getKey().name(), Json.of(entry.getValue()));
    }
    run.journal()
        .append(
            FOLD,
            Json.object()
                .with(FOLD, Json.of(number + 1))
                .with("architecture", Json.of(fitted.notation()))
                .with("valid", Json.of(fitted.valid()))
                .with("measured", values));
  }

  /** Hears of everything but epochs, of which ten folds have hundreds that say little. */
  private record WithoutEpochs(StudyListener listener) implements StudyListener {
    @Override
    public void begin(Phase phase, long steps, int stepsPerEpoch) {
      listener.begin(phase, steps, stepsPerEpoch);
    }

    @Override
    public void step(Phase phase, long step, long steps, double... losses) {
      listener.step(phase, step, steps, losses);
    }

    @Override
    public void trial(long trial, long trials, String architecture, Outcome outcome) {
      listener.trial(trial, trials, architecture, outcome);
    }

    @Override
    public boolean isCancelled() {
      return listener.isCancelled();
    }
  }
}
