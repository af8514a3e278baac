package espalier.core.train;

import espalier.core.nn.Network;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.kernels.spi.HostData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Measures a network with the weights a session holds. The remainder of a part is a smaller batch,
 * compiled once.
 */
public final class Evaluator {
  private final Session session;
  private final Network network;
  private final Task task;
  private final int batchSize;
  private final Map<Integer, Executable> executables = new LinkedHashMap<>();

  /** An evaluator of {@code network} in {@code session}, which holds its variables. */
  public Evaluator(Session session, Network network, Task task, int batchSize) {
    this.session = session;
    this.network = network;
    this.task = task;
    this.batchSize = batchSize;
  }

  /** Measures a part of the task's data. */
  public Score measure(Examples examples) {
    Feeder batches = examples.batches(batchSize);
    Measure measure = task.measure();
    for (int step = 0; step < batches.stepsPerEpoch(); step++) {
      Executable executable = executable(batches.rows(step));
      Map<String, HostData> feeds = new LinkedHashMap<>(batches.feeds(step));
      HostData target = Objects.requireNonNull(feeds.get(task.target().name()));
      feeds.keySet().retainAll(executable.program().feeds().keySet());
      measure.add(session.run(executable, feeds).floats(0), target);
    }
    return measure.score();
  }

  private Executable executable(int rows) {
    return executables.computeIfAbsent(
        rows,
        batch -> session.compile(TaskGraphs.inference(network, task.input(), batch).computation()));
  }
}
