package espalier.core.supernet;

import espalier.core.nn.Network;
import java.util.List;
import java.util.Map;

/**
 * An over-complete network that holds every architecture of a space at shared weights, mixed by
 * architecture parameters.
 *
 * @param <A> an architecture of the space
 */
public interface Supernet<A> extends Network {

  /** The architecture parameters, each a table of one row per edge and one column per operation. */
  List<Table> tables();

  /** The architecture that parameters of these values stand for. */
  A derive(Map<String, float[]> parameters);

  /** Whether a variable is an architecture parameter. */
  default boolean isArchitecture(String variable) {
    return tables().stream().anyMatch(table -> table.variable().equals(variable));
  }

  /**
   * One table of architecture parameters.
   *
   * @param variable its name in a session
   * @param title what it describes, {@code normal} for one
   * @param edges names of the rows
   * @param operations names of the columns
   */
  record Table(String variable, String title, List<String> edges, List<String> operations) {
    public Table {
      edges = List.copyOf(edges);
      operations = List.copyOf(operations);
    }

    /** Softmax of each row: how much each operation weighs on each edge, [edges][operations]. */
    public double[][] weights(float[] parameters) {
      int columns = operations.size();
      double[][] weights = new double[edges.size()][columns];
      for (int e = 0; e < weights.length; e++) {
        double most = Double.NEGATIVE_INFINITY;
        for (int o = 0; o < columns; o++) {
          most = Math.max(most, parameters[e * columns + o]);
        }
        double sum = 0;
        for (int o = 0; o < columns; o++) {
          weights[e][o] = StrictMath.exp(parameters[e * columns + o] - most);
          sum += weights[e][o];
        }
        for (int o = 0; o < columns; o++) {
          weights[e][o] /= sum;
        }
      }
      return weights;
    }
  }
}
