package espalier.core.train;

import espalier.core.io.DataException;
import espalier.core.io.SafeTensors;
import espalier.core.io.StoredTensor;
import espalier.core.plan.Session;
import espalier.kernels.spi.HostData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All variables of a session and a few counters in one file, written whole or not at all, so that a
 * process killed at any moment leaves either the last checkpoint or the one before.
 *
 * @param variables values by name, flat in the session's own layout
 * @param counters numbers and words that belong to them, as text
 */
public record Checkpoint(Map<String, float[]> variables, Map<String, String> counters) {

  /** What a session holds, and {@code counters}. */
  public static Checkpoint of(Session session, Map<String, String> counters) {
    Map<String, float[]> variables = new LinkedHashMap<>();
    session.variables().keySet().forEach(name -> variables.put(name, session.read(name)));
    return new Checkpoint(variables, counters);
  }

  /** Writes the file. */
  public void write(Path file) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    variables.forEach(
        (name, values) -> tensors.put(name, new StoredTensor.F32(List.of(values.length), values)));
    new SafeTensors(tensors, counters).write(file);
  }

  /** Reads a file. */
  public static Checkpoint read(Path file) {
    SafeTensors stored = SafeTensors.read(file);
    Map<String, float[]> variables = new LinkedHashMap<>();
    stored
        .tensors()
        .forEach((name, tensor) -> {
          if (!(tensor instanceof StoredTensor.F32(var shape, float[] values))) {
            throw new DataException(
                "%s: tensor '%s' holds integers, a checkpoint holds floats".formatted(file, name));
          }
          variables.put(name, values);
        });
    return new Checkpoint(variables, stored.metadata());
  }

  /** Whether there is a checkpoint. */
  public static boolean exists(Path file) {
    return Files.exists(file);
  }

  /**
   * Puts the values back into a session that has the same variables.
   *
   * @throws DataException naming a variable that either lacks, or that has another size
   */
  public void restore(Session session, Path source) {
    for (String name : variables.keySet()) {
      if (!session.variables().containsKey(name)) {
        throw new DataException(
            "%s: variable '%s' is unknown here; the checkpoint belongs to another network or recipe"
                .formatted(source, name));
      }
    }
    session
        .variables()
        .forEach((name, shape) -> {
          float[] values = variables.get(name);
          if (values == null) {
            throw new DataException(
                "%s: variable '%s' is missing; the checkpoint belongs to another network or recipe"
                    .formatted(source, name));
          }
          if (values.length != shape.size()) {
            throw new DataException(
                "%s: variable '%s' has %d values, the network expects %s"
                    .formatted(source, name, values.length, shape));
          }
          session.write(name, HostData.of(values));
        });
  }

  /** A counter as a whole number. */
  public long count(String counter, Path source) {
    String text = counters.get(counter);
    try {
      return Long.parseLong(String.valueOf(text));
    } catch (NumberFormatException malformed) {
      throw new DataException(
          "%s: counter '%s' is %s, expected a whole number".formatted(source, counter, text),
          malformed);
    }
  }

  /** A counter as a real number. */
  public double real(String counter, Path source) {
    String text = counters.get(counter);
    try {
      return Double.parseDouble(String.valueOf(text));
    } catch (NumberFormatException malformed) {
      throw new DataException(
          "%s: counter '%s' is %s, expected a number".formatted(source, counter, text), malformed);
    }
  }
}
