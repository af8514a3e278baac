package espalier.core.study;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * One phase of a run in its journal: the step count that was fixed, where a deadline cut it, the
 * epochs and the seconds. A resumed run does the last epochs again; they must come out as recorded.
 */
final class PhaseLog {
  private static final String EPOCH = "epoch";
  private static final String TRIAL = "trial";

  private final Optional<RunFolder> folder;
  private final String phase;
  private final double startedAt;
  private final Deadline deadline;

  /**
   * A phase in the journal of a folder.
   *
   * @param phase its name, which no other phase of the run has
   */
  PhaseLog(Optional<RunFolder> folder, String phase, Deadline deadline) {
    this.folder = folder;
    this.phase = phase;
    this.deadline = deadline;
    this.startedAt = deadline.elapsed();
  }

  /** The name of the phase. */
  String name() {
    return phase;
  }

  /** The checkpoint file of the phase. */
  Optional<Path> checkpoint() {
    return folder.map(run -> run.checkpoint(phase));
  }

  /**
   * How many steps the phase has: as fixed before, or as the budget says, which is then fixed.
   *
   * @param secondsPerStep measures how long a step takes, where the budget is a time
   * @param share of the time left that the phase may plan with
   */
  long steps(Budget budget, int stepsPerEpoch, DoubleSupplier secondsPerStep, double share) {
    Optional<JsonDocument> fixed = find("budget");
    if (fixed.isPresent()) {
      return fixed.get().longInteger("steps");
    }
    long steps =
        budget instanceof Budget.Time
            ? Math.max(1, (long) (share * left(secondsPerStep.getAsDouble())))
            : Budget.steps(budget, stepsPerEpoch);
    append(
        "budget",
        Json.object().with("budget", Json.of(budget.toString())).with("steps", Json.of(steps)));
    return steps;
  }

  /** Steps of that length that fit into the time left after they were measured. */
  private double left(double secondsPerStep) {
    return deadline.remaining() / secondsPerStep;
  }

  /** The step at which a deadline cut the phase, if one did. */
  OptionalLong cut() {
    return find("deadline")
        .map(entry -> OptionalLong.of(entry.longInteger("step")))
        .orElse(OptionalLong.empty());
  }

  /** A deadline cuts the phase after {@code step} steps. */
  void cut(long step) {
    append("deadline", Json.object().with("step", Json.of(step)));
  }

  /** Records an epoch, or compares it with its record. */
  void epoch(long epoch, Json.Obj figures) {
    record(EPOCH, epoch, figures);
  }

  /** Records a trial, or compares it with its record. */
  void trial(long trial, Json.Obj figures) {
    record(TRIAL, trial, figures);
  }

  /** Figures of the trials that were recorded, by number. */
  Map<Long, JsonDocument> trials() {
    Map<Long, JsonDocument> trials = new LinkedHashMap<>();
    all(TRIAL).forEach(entry -> trials.put(entry.longInteger(TRIAL), entry.get("figures")));
    return trials;
  }

  private void record(String type, long number, Json.Obj figures) {
    Optional<JsonDocument> recorded =
        all(type).filter(entry -> entry.longInteger(type) == number).findFirst();
    if (recorded.isEmpty()) {
      append(
          type,
          Json.object()
              .with(type, Json.of(number))
              .with("figures", figures)
              .with("seconds", Json.of(seconds())));
    } else if (!recorded.get().get("figures").value().equals(figures)) {
      throw new DataException(
          ("%s: %s %d came out otherwise than recorded; the data, the code or the backend"
                  + " changed since, so start again in another folder")
              .formatted(phase, type, number));
    }
  }

  /** Seconds spent in this phase by this process. */
  double seconds() {
    return deadline.elapsed() - startedAt;
  }

  /** Seconds spent by the processes before this one, as of their last recorded epoch or trial. */
  double secondsBefore() {
    double total = 0;
    double last = 0;
    for (JsonDocument entry : Stream.concat(all(EPOCH), all(TRIAL)).toList()) {
      double seconds = entry.real("seconds");
      total += seconds < last ? last : 0;
      last = seconds;
    }
    return total + last;
  }

  private Optional<JsonDocument> find(String type) {
    return all(type).findFirst();
  }

  private Stream<JsonDocument> all(String type) {
    return folder.stream()
        .flatMap(run -> run.journal().entries(type).stream())
        .filter(entry -> entry.string("phase").equals(phase));
  }

  private void append(String type, Json.Obj content) {
    folder.ifPresent(run -> {
      Json.Obj entry = Json.object().with("phase", Json.of(phase));
      for (var member : content.members().entrySet()) {
        entry = entry.with(member.getKey(), member.getValue());
      }
      run.journal().append(type, entry);
    });
  }
}
