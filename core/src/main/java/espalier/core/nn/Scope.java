package espalier.core.nn;

import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Uniform;
import espalier.kernels.spi.DType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Where a model under construction declares its variables: a path within a graph. Child scopes
 * share one declaration; asked again for a name, a scope answers the same variable.
 */
public final class Scope {

  /** What the graph under construction is for. */
  public enum Mode {
    /** Batch statistics, dropout, auxiliary heads; running statistics are updated. */
    TRAINING,
    /** Running statistics; nothing random. */
    INFERENCE
  }

  /** The name of the feed that keys random numbers: seed and step, low halves first. */
  public static final String RANDOM_KEY = "random_key";

  /** What all scopes of one construction share. */
  private static final class Declaration {
    final Graph graph;
    final Mode mode;
    final Map<String, Tensor> bound;
    final Map<String, Parameter> parameters = new LinkedHashMap<>();
    final Map<String, Tensor> updates = new LinkedHashMap<>();
    int streams;

    Declaration(Graph graph, Mode mode, Map<String, Tensor> bound) {
      this.graph = graph;
      this.mode = mode;
      this.bound = bound;
    }
  }

  private final Declaration declaration;
  private final String path;
  private final boolean counted;

  private Scope(Declaration declaration, String path, boolean counted) {
    this.declaration = declaration;
    this.path = path;
    this.counted = counted;
  }

  /** The root scope of a construction in {@code graph}. */
  public static Scope root(Graph graph, Mode mode) {
    return root(graph, mode, Map.of());
  }

  /**
   * A root scope in which the variables named in {@code bound} are these tensors instead: a model
   * evaluated at other weights than the session's, an unrolled step for one.
   */
  public static Scope root(Graph graph, Mode mode, Map<String, Tensor> bound) {
    return new Scope(new Declaration(graph, mode, Map.copyOf(bound)), "", true);
  }

  /** The scope {@code name} within this one. */
  public Scope child(String name) {
    return new Scope(declaration, path.isEmpty() ? name : path + "." + name, counted);
  }

  /**
   * The scope {@code name} of an auxiliary head, whose parameters the literature does not count.
   */
  public Scope auxiliary(String name) {
    return new Scope(declaration, child(name).path, false);
  }

  /** The graph under construction. */
  public Graph graph() {
    return declaration.graph;
  }

  /** Whether the graph is for training. */
  public boolean isTraining() {
    return declaration.mode == Mode.TRAINING;
  }

  /** A trainable variable of this scope. */
  public Tensor parameter(String name, Shape shape, Initializer initializer) {
    return declare(new Parameter(child(name).path, shape, initializer, true, counted));
  }

  /** A variable of this scope that no optimiser touches. */
  public Tensor state(String name, Shape shape, Initializer initializer) {
    return declare(new Parameter(child(name).path, shape, initializer, false, false));
  }

  /** In training, has each weight step assign {@code value} to the state {@code name}. */
  public void update(String name, Supplier<Tensor> value) {
    if (isTraining()) {
      declaration.updates.put(child(name).path, value.get());
    }
  }

  /**
   * Has each run assign {@code value} to the state {@code name}, in inference, too: what a network
   * keeps from one stretch of a sequence for the next.
   */
  public void carry(String name, Tensor value) {
    declaration.updates.put(child(name).path, value);
  }

  /** Uniform numbers in [0, 1), others at each step and at each call. */
  public Tensor uniform(Shape shape) {
    Tensor key = graph().feed(RANDOM_KEY, DType.I32, Shape.of(4));
    return graph().applyOne(new Uniform(declaration.streams++, shape), key);
  }

  /** Everything declared so far, by name in order of declaration. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(declaration.parameters);
  }

  /** New values of states: a run that does not assign them starts from the old ones again. */
  public Map<String, Tensor> updates() {
    return Collections.unmodifiableMap(declaration.updates);
  }

  /** Number of parameters as the literature counts them. */
  public long parameterCount() {
    return declaration.parameters.values().stream()
        .filter(Parameter::counted)
        .mapToLong(parameter -> parameter.shape().size())
        .sum();
  }

  /** Multiply-accumulates of everything declared in the graph so far. */
  public long multiplyAccumulates() {
    return graph().multiplyAccumulates();
  }

  private Tensor declare(Parameter parameter) {
    declaration.parameters.putIfAbsent(parameter.name(), parameter);
    Tensor bound = declaration.bound.get(parameter.name());
    if (bound == null) {
      return graph().variable(parameter.name(), parameter.shape());
    }
    if (!bound.shape().equals(parameter.shape())) {
      throw new IllegalArgumentException(
          "variable '%s': bound to %s, expected %s"
              .formatted(parameter.name(), bound.shape(), parameter.shape()));
    }
    return bound;
  }
}
