package espalier.core.supernet;

import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Optimizer;
import espalier.core.train.TaskGraphs;
import espalier.core.train.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The two alternating steps of differentiable architecture search [Liu et al. 2019, DARTS].
 *
 * @param weights one step of the weights; result 0 is the training loss
 * @param architecture one step of the architecture; result 0 is the validation loss
 * @param variables every variable of both, with its initial value
 */
public record BilevelSteps(
    Computation weights, Computation architecture, List<Parameter> variables) {

  /** Scalar feed of the weights' learning rate. */
  public static final String WEIGHT_RATE = TaskGraphs.LEARNING_RATE;

  /** Scalar feed of the architecture's learning rate. */
  public static final String ARCHITECTURE_RATE = "architecture_rate";

  /** Scalar feed of ξ, the length of the virtual weight step of second order. */
  public static final String UNROLLED_RATE = "unrolled_rate";

  /** How far the architecture's gradient looks. */
  public enum Order {
    /** Weights are constants: {@code ∇α L_val(w, α)}. */
    FIRST,
    /**
     * Weights answer with one step: {@code ∇α L_val(w′(α), α)} where {@code w′} is the optimiser's
     * own step of length ξ from w, momentum and decay included. The chain rule runs through the
     * graph, so the Hessian-vector product is exact where the paper takes finite differences.
     */
    SECOND
  }

  public BilevelSteps {
    variables = List.copyOf(variables);
  }

  /**
   * Builds both steps.
   *
   * @param clip limit of the weight gradients' norm; the virtual step of second order is not
   *     clipped
   */
  public static BilevelSteps of(
      BilevelProblem problem,
      Optimizer weightOptimizer,
      double clip,
      Optimizer architectureOptimizer,
      Order order) {
    Map<String, Parameter> variables = new LinkedHashMap<>();
    Computation weights = weightStep(problem, weightOptimizer, clip, variables);
    Computation architecture =
        architectureStep(problem, weightOptimizer, architectureOptimizer, order, variables);
    return new BilevelSteps(weights, architecture, List.copyOf(variables.values()));
  }

  private static Computation weightStep(
      BilevelProblem problem, Optimizer optimizer, double clip, Map<String, Parameter> variables) {
    Graph graph = new Graph();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor loss = problem.trainLoss(scope);
    Updates updates =
        Updates.of(
            "optimizer",
            loss,
            parameters(scope, problem, false),
            optimizer,
            clip,
            graph.feed(WEIGHT_RATE, Shape.SCALAR));
    declare(variables, scope, updates);
    Map<String, Tensor> assigns = new LinkedHashMap<>(updates.assigns());
    assigns.putAll(scope.updates());
    return new Computation(graph, List.of(loss), assigns);
  }

  private static Computation architectureStep(
      BilevelProblem problem,
      Optimizer weightOptimizer,
      Optimizer architectureOptimizer,
      Order order,
      Map<String, Parameter> variables) {
    Graph graph = new Graph();
    Map<String, Tensor> bound =
        order == Order.SECOND ? unrolled(graph, problem, weightOptimizer) : Map.of();
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING, bound);
    Tensor loss = problem.validLoss(scope);
    Updates updates =
        Updates.of(
            "architecture_optimizer",
            loss,
            parameters(scope, problem, true),
            architectureOptimizer,
            0,
            graph.feed(ARCHITECTURE_RATE, Shape.SCALAR));
    declare(variables, scope, updates);
    return new Computation(graph, List.of(loss), updates.assigns());
  }

  /** The weights after the optimiser's step of length ξ, as functions of the architecture. */
  private static Map<String, Tensor> unrolled(
      Graph graph, BilevelProblem problem, Optimizer optimizer) {
    Scope scope = Scope.root(graph, Scope.Mode.TRAINING);
    Tensor loss = problem.trainLoss(scope);
    Map<String, Tensor> weights = parameters(scope, problem, false);
    List<Tensor> gradients = Gradients.of(loss, new ArrayList<>(weights.values()));
    Updates step =
        Updates.of(
            "optimizer", weights, gradients, optimizer, 0, graph.feed(UNROLLED_RATE, Shape.SCALAR));
    Map<String, Tensor> bound = new LinkedHashMap<>();
    weights.keySet().forEach(name -> bound.put(name, step.assigns().get(name)));
    return bound;
  }

  private static Map<String, Tensor> parameters(
      Scope scope, BilevelProblem problem, boolean architecture) {
    Map<String, Tensor> parameters = new LinkedHashMap<>(TaskGraphs.trainable(scope));
    parameters.keySet().removeIf(name -> problem.isArchitecture(name) != architecture);
    return parameters;
  }

  private static void declare(Map<String, Parameter> variables, Scope scope, Updates updates) {
    scope.parameters().forEach(variables::putIfAbsent);
    updates.slots().forEach(slot -> variables.putIfAbsent(slot.name(), slot));
  }
}
