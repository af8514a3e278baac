package espalier.bench;

import espalier.core.nn.Parameter;
import espalier.core.plan.Computation;
import espalier.kernels.spi.HostData;
import java.util.List;
import java.util.Map;

/**
 * A work as core runs it: computations of one session, one after the other.
 *
 * @param variables every variable, with its initial value
 * @param phases what one run does
 * @param watched variables that are answers too, after a run
 */
public record Assembly(List<Parameter> variables, List<Phase> phases, List<String> watched) {
  /** Seed of every initial value. */
  public static final long SEED = 7;

  public Assembly {
    variables = List.copyOf(variables);
    phases = List.copyOf(phases);
    watched = List.copyOf(watched);
  }

  /**
   * One computation.
   *
   * @param answers names of its results
   * @param feeds what it is fed
   */
  public record Phase(Computation computation, List<String> answers, Map<String, HostData> feeds) {
    public Phase {
      answers = List.copyOf(answers);
      feeds = Map.copyOf(feeds);
    }
  }

  /** The initial values of a variable. */
  public static float[] initial(Parameter variable) {
    return variable.initializer().values(variable.shape(), variable.name(), SEED);
  }
}
