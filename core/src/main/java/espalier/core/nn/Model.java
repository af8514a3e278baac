package espalier.core.nn;

import espalier.core.io.DataException;
import espalier.core.io.Image;
import espalier.core.io.ImageInput;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A trained image classifier that stands alone: what it takes in, its labels, its graph and its
 * weights. Immutable and safe for use by many threads; an image gets the same bits whatever batch
 * and thread it is classified in. Batch normalisations are folded once, when the model is opened.
 */
public final class Model implements AutoCloseable {
  /** Longer lists of images are computed in parts, so that memory does not grow with them. */
  private static final int MOST_ROWS = 64;

  private final ModelParts parts;
  private final ImageInput input;
  private final List<String> labels;
  private final Inference inference;
  private final Runnable closing;

  private Model(ModelParts parts, Backend backend, Runnable closing) {
    if (!(parts.head()
        instanceof
        ModelHead(ModelInput.Images(ImageInput taken), ModelOutput.Labels(List<String> names)))) {
      throw new DataException(
          "model: takes in rows of a table, expected one that takes in images; load it as a"
              + " table's");
    }
    this.parts = parts;
    this.input = taken;
    this.labels = names;
    this.inference = new Inference(backend, parts);
    this.closing = closing;
  }

  /**
   * Loads a model from the folder {@link #save} wrote, on the best backend there is.
   *
   * @throws DataException in one sentence, if a file is missing, damaged, of another version or of
   *     another model
   */
  public static Model load(Path folder) {
    return owning(loaded(folder), Backends.best(BackendOptions.defaults()));
  }

  /** Loads a model on the backend of that name and no other. */
  public static Model load(Path folder, String backend, BackendOptions options) {
    return owning(loaded(folder), Backends.open(backend, options));
  }

  /** Loads a model on a backend that the caller lends and closes after the model. */
  public static Model load(Path folder, Backend lent) {
    return new Model(loaded(folder), lent, () -> {});
  }

  private static ModelParts loaded(Path folder) {
    return new ModelFolder(folder).read();
  }

  /**
   * A model of a network and its trained weights, on the best backend there is.
   *
   * @param weights values by variable name, at least those that inference reads
   * @throws IllegalArgumentException if weights are missing or of another size, if labels and
   *     logits differ in number, or if the network does what a saved graph cannot hold
   */
  public static Model of(
      Network network, ImageInput input, List<String> labels, Map<String, float[]> weights) {
    return owning(
        ModelParts.of(network, head(input, labels), weights),
        Backends.best(BackendOptions.defaults()));
  }

  /** A model of a network on a backend that the caller lends and closes after the model. */
  public static Model of(
      Network network,
      ImageInput input,
      List<String> labels,
      Map<String, float[]> weights,
      Backend lent) {
    return new Model(ModelParts.of(network, head(input, labels), weights), lent, () -> {});
  }

  private static ModelHead head(ImageInput input, List<String> labels) {
    return new ModelHead(new ModelInput.Images(input), new ModelOutput.Labels(labels));
  }

  private static Model owning(ModelParts parts, Backend backend) {
    try {
      return new Model(parts, backend, backend::close);
    } catch (RuntimeException | Error failure) {
      backend.close();
      throw failure;
    }
  }

  /** What the network takes in. */
  public ImageInput input() {
    return input;
  }

  /** Names of the classes. */
  public List<String> labels() {
    return labels;
  }

  /** Classifies an image of any size. */
  public Classification classify(Image image) {
    return classify(List.of(image)).getFirst();
  }

  /** Classifies images of any sizes, in their order. */
  public List<Classification> classify(List<Image> images) {
    return logits(images).stream().map(logits -> Classification.of(labels, logits)).toList();
  }

  /** What the network yields for each image before it is made into probabilities. */
  public List<float[]> logits(List<Image> images) {
    List<float[]> logits = new ArrayList<>();
    for (int from = 0; from < images.size(); from += MOST_ROWS) {
      logits.addAll(rows(images.subList(from, Math.min(images.size(), from + MOST_ROWS))));
    }
    return logits;
  }

  private List<float[]> rows(List<Image> images) {
    int values = input.image().values();
    int classes = labels.size();
    float[] batch = new float[Math.multiplyExact(images.size(), values)];
    for (int row = 0; row < images.size(); row++) {
      input.read(images.get(row), batch, row * values);
    }
    float[] all = inference.outputs(batch, images.size());
    List<float[]> rows = new ArrayList<>();
    for (int row = 0; row < images.size(); row++) {
      rows.add(Arrays.copyOfRange(all, row * classes, (row + 1) * classes));
    }
    return rows;
  }

  /**
   * Writes the model into a folder: {@code model.json} and {@code model.safetensors}, float32, by
   * variable name, convolution weights [out, in, kh, kw], linear weights [out, in], running
   * statistics included. A model the folder held before is replaced as a whole.
   */
  public void save(Path folder) {
    new ModelFolder(folder).write(parts);
  }

  /**
   * Waits for callers at work, then gives back memory and, where it is the model's own, the
   * backend.
   */
  @Override
  public void close() {
    inference.close();
    closing.run();
  }
}
