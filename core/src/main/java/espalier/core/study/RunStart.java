package espalier.core.study;

import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import java.util.List;

/**
 * What a run was asked for: the first entry of its journal.
 *
 * @param kind {@code search} or {@code train}
 * @param arguments how it was asked for, so that whoever resumes it need not know
 * @param backend what computes it
 */
public record RunStart(String kind, List<String> arguments, String backend) {
  private static final String TYPE = "start";

  /** A run goes on with other JVMs, but with nothing else that could change its bits. */
  private static final List<String> FIXED =
      List.of("seed", "dataHash", "testHash", "backend", "parameters", "espalier");

  public RunStart {
    arguments = List.copyOf(arguments);
  }

  /** Reads the first entry of a journal. */
  static RunStart read(JsonDocument entry) {
    return new RunStart(
        entry.string("kind"),
        entry.strings("arguments"),
        entry.get("provenance").string("backend"));
  }

  /** Records what was asked for, or compares it with what the resumed run was asked for. */
  static void record(Journal journal, String kind, List<String> arguments, Provenance provenance) {
    if (journal.entries().isEmpty()) {
      journal.append(
          TYPE,
          Json.object()
              .with("kind", Json.of(kind))
              .with("provenance", provenance.json())
              .with("arguments", Json.strings(arguments)));
      return;
    }
    JsonDocument start = journal.entries().getFirst();
    requireSame("kind", start.get("kind"), Json.of(kind));
    JsonDocument before = start.get("provenance");
    JsonDocument now = JsonDocument.of("run.journal", provenance.json());
    for (String name : FIXED) {
      if (!name.equals("parameters")) {
        requireSame(name, before.get(name), now.get(name).value());
      }
    }
    for (String name : before.get("parameters").names()) {
      requireSame(
          name,
          before.get("parameters").get(name),
          Json.of(provenance.parameters().getOrDefault(name, "unknown")));
    }
  }

  private static void requireSame(String name, JsonDocument before, Json now) {
    if (!before.value().equals(now)) {
      throw new DataException(
          "run.journal: this run was started with %s %s and would go on with %s; start in another folder"
              .formatted(name, before.value().compact(), now.compact()));
    }
  }
}
