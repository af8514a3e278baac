package espalier.cli;

import espalier.core.io.JsonDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a finished run found, for a person. */
record Summary(Terminal terminal, Path folder) {

  /**
   * Prints what {@code result.json} holds, where the files are and what to try next.
   *
   * @param next command lines
   */
  void print(JsonDocument result, List<String> next) {
    terminal.print("");
    terminal.print("%s", result.string("genotype"));
    terminal.print("");
    terminal.print("  %-34s %,15d", "parameters", result.longInteger("params"));
    terminal.print("  %-34s %,15d", "multiply-accumulates an image", result.longInteger("macs"));
    accuracy(result, "searchValidAccuracy", "validation accuracy in the search");
    accuracy(result, "validAccuracy", "accuracy on validation images");
    accuracy(result, "testAccuracy", "accuracy on test images");
    seconds(result, "searchSeconds", "time of the search");
    seconds(result, "trainSeconds", "time of the training");
    if (result.has("front")) {
      front(result.get("front"));
    }
    terminal.print("");
    terminal.print("In %s: %s", folder, String.join(", ", files()));
    terminal.print("Next:");
    next.forEach(line -> terminal.print("  %s", line));
  }

  private void accuracy(JsonDocument result, String name, String words) {
    if (result.has(name) && !result.get(name).isNull()) {
      terminal.print("  %-34s %13.2f %%", words, 100 * result.real(name));
    }
  }

  private void seconds(JsonDocument result, String name, String words) {
    if (result.has(name)) {
      terminal.print("  %-34s %15s", words, Durations.of(result.real(name)));
    }
  }

  /** A row for each network on the front, which are in {@code front.json}; the first is trained. */
  private void front(JsonDocument front) {
    List<String> metrics = front.strings("objectives");
    StringBuilder header = new StringBuilder();
    metrics.forEach(metric -> header.append(String.format(Locale.ROOT, "%15s", metric)));
    terminal.print("");
    terminal.print(
        "Networks that no other surpasses in everything, the first of which was trained:");
    terminal.print("  %s", header);
    for (JsonDocument member : front.list("members")) {
      StringBuilder row = new StringBuilder();
      for (String metric : metrics) {
        double value = member.real(metric);
        row.append(
            String.format(
                Locale.ROOT, value == Math.rint(value) && value > 1 ? "%,15.0f" : "%15.4f", value));
      }
      terminal.print("  %s", row);
    }
  }

  private List<String> files() {
    return List.of(
            "model.json",
            "model.safetensors",
            "result.json",
            "genotype.json",
            "front.json",
            "normal.svg",
            "reduce.svg",
            "cell.svg",
            "run.journal")
        .stream()
        .filter(name -> Files.exists(folder.resolve(name)))
        .toList();
  }
}
