package espalier.core.train;

import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.plan.Planner;
import espalier.kernels.spi.DType;
import java.util.Collection;

/**
 * Memory that a training takes, known before anything runs and whatever the number of threads.
 *
 * @param variableBytes of weights, running statistics and optimiser state
 * @param arenaBytes of everything a step computes on the way, buffers reused
 */
public record MemoryFigure(long variableBytes, long arenaBytes) {

  /** The memory of training {@code network} for a task. */
  public static MemoryFigure training(Network network, Task task, Recipe recipe) {
    TaskGraphs.Built step = TaskGraphs.training(network, task, recipe);
    return new MemoryFigure(bytes(step.variables()), Planner.plan(step.computation()).arenaBytes());
  }

  private static long bytes(Collection<Parameter> variables) {
    return variables.stream().mapToLong(variable -> variable.shape().size()).sum()
        * DType.F32.bytes();
  }

  /** All of it. */
  public long peakBytes() {
    return variableBytes + arenaBytes;
  }
}
