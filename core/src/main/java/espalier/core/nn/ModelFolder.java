package espalier.core.nn;

import espalier.core.io.AtomicFile;
import espalier.core.io.DataException;
import espalier.core.io.Json;
import espalier.core.io.JsonDocument;
import espalier.core.io.SafeTensors;
import espalier.core.io.Sha256;
import espalier.core.io.StoredTensor;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model's folder: {@code model.json} (input, labels, graph) and {@code model.safetensors} (the
 * variables, see {@link WeightLayout}). The first holds the checksum of the second, so files of two
 * models, or a damaged one, are noticed.
 */
final class ModelFolder {
  private static final String HEAD = "model.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String FORMAT = "espalier-model";
  private static final int VERSION = 1;
  private static final String REMEDY = "the file is damaged: copy or write it again";

  private final Path folder;

  ModelFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes both files, the head last. */
  void write(ModelParts model) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    model
        .variables()
        .forEach((name, shape) -> tensors.put(name, WeightLayout.store(shape, model.values(name))));
    SafeTensors weights = new SafeTensors(tensors, Map.of("format", FORMAT));
    MessageDigest digest = Sha256.digest();
    var files = new LinkedHashMap<Path, AtomicFile.Content>();
    files.put(folder.resolve(WEIGHTS), out -> weights.writeTo(new DigestOutputStream(out, digest)));
    files.put(
        folder.resolve(HEAD),
        out -> {
          String checksum = HexFormat.of().formatHex(digest.digest());
          out.write(head(model, checksum).pretty().getBytes(StandardCharsets.UTF_8));
        });
    AtomicFile.writeAll(files);
  }

  private static Json head(ModelParts model, String checksum) {
    Json.Obj format =
        Json.object().with("format", Json.of(FORMAT)).with("version", Json.of(VERSION));
    return model
        .head()
        .write(format)
        .with("weights", Json.object().with("sha256", Json.of(checksum)))
        .with("graph", GraphCodec.write(model.graph().output()));
  }

  /**
   * Reads a model.
   *
   * @throws DataException naming the file, the place in it and the remedy
   */
  ModelParts read() {
    JsonDocument head = JsonDocument.read(folder.resolve(HEAD));
    requireVersion(head);
    head.allowOnly("format", "version", "input", output(head), "weights", "graph");
    try {
      ModelHead known = ModelHead.read(head);
      FoldedGraph graph = new FoldedGraph(GraphCodec.read(head.get("graph")));
      requireChecksum(head.get("weights").allowOnly("sha256").string("sha256"));
      return new ModelParts(known, graph, weights(graph.output()));
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      throw new DataException(
          "%s: %s; %s".formatted(HEAD, impossible.getMessage(), REMEDY), impossible);
    }
  }

  private static void requireVersion(JsonDocument head) {
    if (!head.string("format").equals(FORMAT)) {
      throw head.get("format")
          .error(
              "is '%s', wanted '%s'; it is not a model".formatted(head.string("format"), FORMAT));
    }
    if (head.longInteger("version") != VERSION) {
      throw head.get("version")
          .error(
              "is %d, this release reads %d; use the release that wrote it"
                  .formatted(head.longInteger("version"), VERSION));
    }
  }

  /** Whether the model takes in rows of a table. */
  boolean takesRows() {
    JsonDocument head = JsonDocument.read(folder.resolve(HEAD));
    return head.has("input") && head.get("input").has("columns");
  }

  private static String output(JsonDocument head) {
    return head.has("amount") ? "amount" : "labels";
  }

  private void requireChecksum(String wanted) {
    Path file = folder.resolve(WEIGHTS);
    if (!Files.exists(file)) {
      throw new DataException("%s: no such file; copy it beside %s".formatted(file, HEAD));
    }
    try {
      String found = Sha256.of(file);
      if (!found.equals(wanted)) {
        throw new DataException(
            "%s: its SHA-256 is %s, %s wants %s; one of the two is damaged or of another model: copy both again"
                .formatted(WEIGHTS, found, HEAD, wanted));
      }
    } catch (IOException failure) {
      throw new DataException(
          "%s: cannot be read (%s)".formatted(file, failure.getMessage()), failure);
    }
  }

  private Map<String, float[]> weights(Tensor logits) {
    SafeTensors file = SafeTensors.read(folder.resolve(WEIGHTS));
    Map<String, Tensor> variables = logits.graph().variables();
    for (String name : file.tensors().keySet()) {
      if (!variables.containsKey(name)) {
        throw new DataException(
            "%s: tensor '%s' is no variable of the graph in %s; the two are not of one model"
                .formatted(WEIGHTS, name, HEAD));
      }
    }
    Map<String, float[]> weights = new LinkedHashMap<>();
    variables.forEach((name, variable) -> {
      Shape shape = variable.shape();
      List<Integer> wanted = WeightLayout.stored(shape);
      StoredTensor tensor = file.tensors().get(name);
      if (!(tensor instanceof StoredTensor.F32(var found, float[] values))
          || !found.equals(wanted)) {
        throw new DataException(
            "%s: tensor '%s' is %s, the graph in %s wants floats %s; the two are not of one model"
                .formatted(WEIGHTS, name, tensor == null ? "missing" : tensor, HEAD, wanted));
      }
      weights.put(name, WeightLayout.load(shape, values));
    });
    return weights;
  }
}
