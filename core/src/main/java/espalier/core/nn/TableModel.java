package espalier.core.nn;

import espalier.core.io.DataException;
import espalier.core.io.Table;
import espalier.core.io.TableInput;
import espalier.core.io.TargetScale;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A trained network of tables that stands alone: the columns it takes in and how they are encoded,
 * its graph, its weights, and what it answers: a class or an amount. Immutable and safe for use by
 * many threads.
 */
public final class TableModel implements AutoCloseable {
  /** Longer tables are computed in parts, so that memory does not grow with them. */
  private static final int MOST_ROWS = 256;

  private final ModelParts parts;
  private final TableInput input;
  private final Inference inference;
  private final Runnable closing;

  private TableModel(ModelParts parts, Backend backend, Runnable closing) {
    if (!(parts.head().input() instanceof ModelInput.Rows(TableInput taken))) {
      throw new DataException(
          "model: takes in images, expected one that takes in rows of a table; load it as an image"
              + " classifier");
    }
    this.parts = parts;
    this.input = taken;
    this.inference = new Inference(backend, parts);
    this.closing = closing;
  }

  /**
   * Loads a model from the folder {@link #save} wrote, on the best backend there is.
   *
   * @throws DataException in one sentence, if a file is missing, damaged, of another version or of
   *     another model
   */
  public static TableModel load(Path folder) {
    ModelParts parts = new ModelFolder(folder).read();
    Backend backend = Backends.best(BackendOptions.defaults());
    try {
      return new TableModel(parts, backend, backend::close);
    } catch (RuntimeException | Error failure) {
      backend.close();
      throw failure;
    }
  }

  /** Loads a model on a backend that the caller lends and closes after the model. */
  public static TableModel load(Path folder, Backend lent) {
    return new TableModel(new ModelFolder(folder).read(), lent, () -> {});
  }

  /** Whether a folder holds a model of tables. */
  public static boolean isIn(Path folder) {
    return new ModelFolder(folder).takesRows();
  }

  /** A classifier of rows on a backend that the caller lends and closes after the model. */
  public static TableModel classifier(
      Network network,
      TableInput input,
      List<String> labels,
      Map<String, float[]> weights,
      Backend lent) {
    return of(network, input, new ModelOutput.Labels(labels), weights, lent);
  }

  /** A regression on a backend that the caller lends and closes after the model. */
  public static TableModel regression(
      Network network,
      TableInput input,
      TargetScale scale,
      Map<String, float[]> weights,
      Backend lent) {
    return of(network, input, new ModelOutput.Amount(scale), weights, lent);
  }

  private static TableModel of(
      Network network,
      TableInput input,
      ModelOutput output,
      Map<String, float[]> weights,
      Backend lent) {
    ModelHead head = new ModelHead(new ModelInput.Rows(input), output);
    return new TableModel(ModelParts.of(network, head, weights), lent, () -> {});
  }

  /** The columns it takes in. */
  public TableInput input() {
    return input;
  }

  /** Whether its answers are classes; they are amounts otherwise. */
  public boolean isClassifier() {
    return parts.head().output() instanceof ModelOutput.Labels;
  }

  /** The class of each row. */
  public List<Classification> classify(Table table) {
    if (!(parts.head().output() instanceof ModelOutput.Labels(List<String> names))) {
      throw new IllegalStateException("model: answers amounts, expected one that tells classes");
    }
    float[] outputs = outputs(table);
    List<Classification> found = new ArrayList<>();
    for (int row = 0; row < table.rows(); row++) {
      found.add(
          Classification.of(
              names, Arrays.copyOfRange(outputs, row * names.size(), (row + 1) * names.size())));
    }
    return found;
  }

  /** The amount each row has, in the unit of the target it learnt. */
  public double[] amounts(Table table) {
    if (!(parts.head().output() instanceof ModelOutput.Amount(TargetScale scale))) {
      throw new IllegalStateException("model: tells classes, expected one that answers amounts");
    }
    float[] outputs = outputs(table);
    double[] amounts = new double[outputs.length];
    Arrays.setAll(amounts, row -> scale.restore(outputs[row]));
    return amounts;
  }

  private float[] outputs(Table table) {
    float[] encoded = input.encode(table);
    int taken = input.width();
    int given = parts.head().output().width();
    float[] outputs = new float[table.rows() * given];
    for (int from = 0; from < table.rows(); from += MOST_ROWS) {
      int rows = Math.min(MOST_ROWS, table.rows() - from);
      float[] batch = Arrays.copyOfRange(encoded, from * taken, (from + rows) * taken);
      System.arraycopy(inference.outputs(batch, rows), 0, outputs, from * given, rows * given);
    }
    return outputs;
  }

  /**
   * Writes the model into a folder: {@code model.json} and {@code model.safetensors}. A model the
   * folder held before is replaced as a whole.
   */
  public void save(Path folder) {
    new ModelFolder(folder).write(parts);
  }

  @Override
  public void close() {
    inference.close();
    closing.run();
  }
}
