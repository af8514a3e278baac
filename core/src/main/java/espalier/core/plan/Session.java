package espalier.core.plan;

import espalier.core.tensor.Shape;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Store;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * State on one backend: named variables, and the arena its executables take turns in. Used by one
 * thread at a time; any number of sessions run side by side.
 */
public final class Session implements AutoCloseable {
  private final Backend backend;
  private final Store store;
  private final Map<String, Shape> variables = new LinkedHashMap<>();

  /** A session without variables. */
  public Session(Backend backend) {
    this.backend = backend;
    this.store = backend.newStore();
  }

  /** The backend it lives on. */
  public Backend backend() {
    return backend;
  }

  /** Creates a variable filled with zeros. */
  public void declare(String name, Shape shape) {
    store.declare(name, DType.F32, shape.size());
    variables.put(name, shape);
  }

  /** Creates a variable with initial values. */
  public void declare(String name, Shape shape, HostData values) {
    declare(name, shape);
    write(name, values);
  }

  /** Shapes of the variables, by name in order of declaration. */
  public Map<String, Shape> variables() {
    return Collections.unmodifiableMap(variables);
  }

  /** Overwrites a variable. */
  public void write(String name, HostData values) {
    known(name);
    store.write(name, values);
  }

  /** A copy of a variable's values in single precision. */
  public float[] read(String name) {
    known(name);
    return Values.floats(store.read(name));
  }

  /** A copy of a variable's values in double precision. */
  public double[] readDoubles(String name) {
    known(name);
    return Values.doubles(store.read(name));
  }

  /**
   * Compiles and runs nothing: an executable for this session's backend. Compile all that a session
   * will run before its first run, and the arena is made once.
   */
  public Executable compile(Computation computation) {
    Executable executable = Executable.compile(backend, computation);
    store.expect(executable.compiled());
    return executable;
  }

  /**
   * Starts a run. Feeds are copied before it returns; reading a result is what waits.
   *
   * @param feeds a value for each feed of the graph; those that no result depends on may be absent
   * @throws IllegalArgumentException if a variable is missing or has another shape
   */
  public Values run(Executable executable, Map<String, HostData> feeds) {
    if (!executable.isFor(backend)) {
      throw new IllegalArgumentException(
          "session: the executable was compiled for another backend than " + backend.name());
    }
    executable
        .variables()
        .forEach((name, shape) -> {
          if (!shape.equals(variables.get(name))) {
            throw new IllegalArgumentException(
                "session: variable '%s' is %s, expected %s"
                    .formatted(
                        name,
                        variables.containsKey(name) ? variables.get(name) : "not declared",
                        shape));
          }
        });
    Map<String, HostData> needed = new LinkedHashMap<>(feeds);
    needed.keySet().removeAll(executable.idleFeeds());
    return new Values(store.run(executable.compiled(), needed));
  }

  /** Bytes held: variables and arena. */
  public long bytes() {
    return store.bytes();
  }

  private void known(String name) {
    if (!variables.containsKey(name)) {
      throw new IllegalArgumentException("session: variable '%s' is unknown".formatted(name));
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
