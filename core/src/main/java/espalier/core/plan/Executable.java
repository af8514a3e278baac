package espalier.core.plan;

import espalier.core.tensor.Shape;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Program;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A computation planned and compiled for one backend. Immutable; any session of it may run it. */
public final class Executable {
  private final Backend backend;
  private final Backend.Compiled compiled;
  private final List<Shape> results;
  private final Map<String, Shape> variables;
  private final Set<String> idleFeeds;

  private Executable(Backend backend, Backend.Compiled compiled, Computation computation) {
    this.backend = backend;
    this.compiled = compiled;
    this.results = computation.results().stream().map(tensor -> tensor.shape()).toList();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    computation.graph().variables().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    computation.assigns().forEach((name, tensor) -> shapes.putIfAbsent(name, tensor.shape()));
    shapes.keySet().retainAll(touched(compiled.program()));
    this.variables = shapes;
    Set<String> idle = new HashSet<>(computation.graph().feeds().keySet());
    idle.removeAll(compiled.program().feeds().keySet());
    this.idleFeeds = idle;
  }

  /** Names of the variables that survive planning. */
  private static Set<String> touched(Program program) {
    Set<String> names = new HashSet<>();
    for (Buffer buffer : program.buffers()) {
      if (buffer.home() instanceof Buffer.Home.Variable(String name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Plans and compiles {@code computation}. */
  public static Executable compile(Backend backend, Computation computation) {
    Program program = Planner.plan(computation);
    return new Executable(backend, backend.compile(program), computation);
  }

  /** Whether it was compiled for this very backend. */
  @SuppressWarnings("ReferenceEquality") // Two open backends of one kind are not the same device.
  boolean isFor(Backend other) {
    return backend == other;
  }

  /** The planned program. */
  public Program program() {
    return compiled.program();
  }

  /** Shapes of the results. */
  public List<Shape> results() {
    return results;
  }

  /** Shapes of the variables it reads or assigns, by name. */
  Map<String, Shape> variables() {
    return variables;
  }

  /** Feeds that the graph declares and no result depends on. */
  Set<String> idleFeeds() {
    return idleFeeds;
  }

  Backend.Compiled compiled() {
    return compiled;
  }
}
