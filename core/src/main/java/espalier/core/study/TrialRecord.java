package espalier.core.study;

import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Objectives;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import java.util.List;
import java.util.Set;

/** Outcomes of trials as a journal holds them. */
record TrialRecord(Objectives objectives) {

  /** What is recorded of a trial: its fidelity too, if that is not the whole. */
  Json.Obj write(String architecture, Trial<?> trial, Outcome outcome) {
    Json.Obj entry = Json.object().with("architecture", Json.of(architecture));
    if (!trial.fidelity().isWhole()) {
      entry = entry.with("fidelity", Json.of(trial.fidelity().share()));
    }
    return switch (outcome) {
      case Outcome.Measured(Metrics metrics) -> entry.with("measured", figures(metrics));
      case Outcome.Pruned(Metrics metrics) -> entry.with("pruned", figures(metrics));
      case Outcome.Failed(String reason) -> entry.with("failed", Json.of(reason));
      case Outcome.Infeasible(Objective objective, double found) ->
          entry.with("infeasible", figures(Metrics.of(objective.metric(), found)));
    };
  }

  private static Json.Obj figures(Metrics metrics) {
    Json.Obj figures = Json.object();
    for (String name : metrics.names()) {
      figures = figures.with(name, Json.of(metrics.find(name).orElseThrow()));
    }
    return figures;
  }

  /** The outcome that was recorded. */
  Outcome read(JsonDocument entry) {
    Set<String> names = entry.names();
    if (names.contains("measured")) {
      return new Outcome.Measured(metrics(entry.get("measured")));
    }
    if (names.contains("pruned")) {
      return new Outcome.Pruned(metrics(entry.get("pruned")));
    }
    if (names.contains("failed")) {
      return new Outcome.Failed(entry.string("failed"));
    }
    Metrics found = metrics(entry.get("infeasible"));
    String metric = found.names().getFirst();
    Objective objective =
        objectives.all().stream()
            .filter(one -> one.metric().equals(metric))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("journal: no objective is of " + metric));
    return new Outcome.Infeasible(objective, found.find(metric).orElseThrow());
  }

  private static Metrics metrics(JsonDocument figures) {
    List<String> names = List.copyOf(figures.names());
    return Metrics.of(names, names.stream().mapToDouble(figures::real).toArray());
  }
}
