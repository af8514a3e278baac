package espalier.core.tensor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reverse-mode differentiation. Gradients are ordinary tensors of the same graph, so they can be
 * differentiated again: second order is exact.
 */
public final class Gradients {
  private final BitSet active = new BitSet();
  private final Map<Tensor, Tensor> gradients = new HashMap<>();

  private Gradients() {}

  /**
   * Gradient of a scalar with respect to each of {@code wrt}; zeros where it does not depend on
   * one.
   *
   * @throws IllegalArgumentException if {@code loss} is not a scalar
   */
  public static List<Tensor> of(Tensor loss, List<Tensor> wrt) {
    if (loss.shape().size() != 1) {
      throw new IllegalArgumentException(
          "gradients: the loss is %s, expected a scalar".formatted(loss.shape()));
    }
    return of(loss, loss.graph().constant(1, loss.shape()), wrt);
  }

  /** Gradient of {@code Σ y·seed} with respect to each of {@code wrt}. */
  public static List<Tensor> of(Tensor y, Tensor seed, List<Tensor> wrt) {
    if (!seed.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          "gradients: the seed is %s, expected %s as the tensor"
              .formatted(seed.shape(), y.shape()));
    }
    return new Gradients().run(y, seed, wrt);
  }

  private static void check(Tensor y, Tensor tensor) {
    if (tensor.graph() != y.graph()) {
      throw new IllegalArgumentException(
          "gradients: a tensor belongs to another graph than the loss");
    }
  }

  private List<Tensor> run(Tensor y, Tensor seed, List<Tensor> wrt) {
    check(y, seed);
    wrt.forEach(tensor -> check(y, tensor));
    List<Node> nodes = y.graph().nodes();
    int last = y.node().id();
    BitSet sources = new BitSet();
    wrt.forEach(tensor -> sources.set(tensor.node().id()));
    for (int id = 0; id <= last; id++) {
      boolean depends =
          sources.get(id)
              || nodes.get(id).inputs().stream().anyMatch(in -> active.get(in.node().id()));
      active.set(id, depends);
    }
    if (active.get(last)) {
      gradients.put(y, seed);
    }
    for (int id = last; id >= 0; id--) {
      Node node = nodes.get(id);
      if (active.get(id) && node.outputs().stream().anyMatch(gradients::containsKey)) {
        node.op().backward(new Pass(node));
      }
    }
    List<Tensor> result = new ArrayList<>();
    for (Tensor tensor : wrt) {
      Tensor gradient = gradients.get(tensor);
      result.add(gradient != null ? gradient : y.graph().constant(0, tensor.shape()));
    }
    return result;
  }

  private final class Pass implements Backward {
    private final Node node;

    Pass(Node node) {
      this.node = node;
    }

    @Override
    public int inputs() {
      return node.inputs().size();
    }

    @Override
    public Tensor input(int i) {
      return node.inputs().get(i);
    }

    @Override
    public Tensor output(int i) {
      return node.outputs().get(i);
    }

    @Override
    public Tensor gradient() {
      return gradient(0).orElseThrow();
    }

    @Override
    public Optional<Tensor> gradient(int i) {
      return Optional.ofNullable(gradients.get(output(i)));
    }

    @Override
    public void add(int i, Supplier<Tensor> contribution) {
      Tensor input = input(i);
      if (active.get(input.node().id())) {
        Tensor share = contribution.get();
        if (!share.shape().equals(input.shape())) {
          throw new IllegalStateException(
              "%s: the gradient of input %d is %s, expected %s"
                  .formatted(node, i, share.shape(), input.shape()));
        }
        gradients.merge(input, share, Tensor::add);
      }
    }
  }
}
