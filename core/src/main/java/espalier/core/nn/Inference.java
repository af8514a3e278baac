package espalier.core.nn;

import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.plan.Values;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.HostData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's graph at work on a backend, for any number of threads. */
final class Inference implements AutoCloseable {
  /*
   * What depends on weights alone is computed here, once, and its values are the variables of all
   * sessions. More sessions than processors would take memory and save no time. Executables for
   * the sizes of batch last used are kept.
   */
  private static final int MOST_EXECUTABLES = 8;

  private final Backend backend;
  private final FoldedGraph graph;
  private final String feed;
  private final List<Value> values;
  private final SessionPool sessions;
  private final LinkedHashMap<Integer, Executable> executables =
      new LinkedHashMap<>(16, 0.75f, true);

  /** A variable of the graph's second part and its value. */
  private record Value(FoldedGraph.Variable variable, HostData data) {}

  /** Makes a model ready on {@code backend}. */
  Inference(Backend backend, ModelParts model) {
    this.backend = backend;
    this.graph = model.graph();
    this.feed = model.head().input().feed().name();
    this.values = fold(backend, model);
    this.sessions = new SessionPool(Runtime.getRuntime().availableProcessors(), this::openSession);
  }

  private static List<Value> fold(Backend backend, ModelParts model) {
    List<FoldedGraph.Variable> variables = model.graph().variables();
    if (variables.isEmpty()) {
      return List.of();
    }
    try (Session session = new Session(backend)) {
      model
          .variables()
          .forEach((name, shape) -> session.declare(name, shape, HostData.of(model.values(name))));
      Values results = session.run(session.compile(model.graph().once()), Map.of());
      List<Value> values = new ArrayList<>();
      for (int i = 0; i < variables.size(); i++) {
        values.add(new Value(variables.get(i), narrowest(results.doubles(i))));
      }
      return List.copyOf(values);
    }
  }

  /** Single precision where that loses nothing: a backend may hold more. */
  private static HostData narrowest(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
      if (Double.compare(rounded[i], values[i]) != 0) {
        return HostData.of(values);
      }
    }
    return HostData.of(rounded);
  }

  private Session openSession() {
    Session session = new Session(backend);
    for (Value value : values) {
      session.declare(value.variable().name(), value.variable().shape(), value.data());
    }
    return session;
  }

  /** What the graph answers to a batch of as many rows. */
  float[] outputs(float[] input, int rows) {
    Executable executable = executable(rows);
    return sessions.use(
        session -> session.run(executable, Map.of(feed, HostData.of(input))).floats(0));
  }

  private Executable executable(int rows) {
    synchronized (executables) {
      Executable known = executables.get(rows);
      if (known == null) {
        known = Executable.compile(backend, graph.forBatch(rows));
        executables.put(rows, known);
        if (executables.size() > MOST_EXECUTABLES) {
          executables.pollFirstEntry();
        }
      }
      return known;
    }
  }

  @Override
  public void close() {
    sessions.close();
  }
}
