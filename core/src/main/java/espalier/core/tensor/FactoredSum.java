package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Fn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sums of products, with the factors that do not vary along the summed axes taken out of the sum:
 * {@code Σᵢ aᵢ·c = c·Σᵢ aᵢ}.
 *
 * <p>The gradients of a batch normalisation and of every weight of a mixture are such sums, over
 * the same large tensors and with different small factors. What is left after taking those out is
 * one sum, and the graph holds it once. Factors that vary along the last summed axis only, as those
 * of a channel do, are taken out of the sum over the other axes.
 */
final class FactoredSum {
  private final Tensor whole;
  private final int from;
  private final int to;
  private final List<Tensor> varying = new ArrayList<>();
  private final List<Tensor> constant = new ArrayList<>();
  private boolean negative;

  private FactoredSum(Tensor whole, int from, int to) {
    this.whole = whole;
    this.from = from;
    this.to = to;
  }

  /** The sum of {@code x} over axes {@code from … to − 1}, which keep extent 1. */
  static Tensor of(Tensor x, int from, int to) {
    FactoredSum sum = new FactoredSum(x, from, to);
    sum.take(x);
    return sum.build();
  }

  /** Sorts the factors of {@code product}; a product of varying factors alone stays one. */
  private void take(Tensor product) {
    if (isConstant(product, to)) {
      constant.add(product);
      return;
    }
    List<Tensor> inputs = product.node().inputs();
    switch (product.node().op()) {
      case Pointwise(Fn fn) when fn == Fn.NEG -> {
        negative = !negative;
        take(inputs.getFirst());
      }
      case Pointwise(Fn fn) when fn == Fn.MUL && holdsConstant(product) ->
          inputs.forEach(this::take);
      case Broadcast broadcast -> take(inputs.getFirst());
      default -> varying.add(product);
    }
  }

  /** Whether a factor can be taken out of the product, be it out of the inner axes only. */
  private boolean holdsConstant(Tensor factor) {
    return isConstant(factor, Math.max(from + 1, to - 1))
        || (factor.node().op() instanceof Pointwise(Fn fn)
            && (fn == Fn.MUL || fn == Fn.NEG)
            && factor.node().inputs().stream().anyMatch(this::holdsConstant));
  }

  /**
   * Whether {@code factor} has one value along the axes from {@code from} to before {@code end}.
   */
  private boolean isConstant(Tensor factor, int end) {
    int lead = whole.shape().rank() - factor.shape().rank();
    for (int axis = Math.max(from, lead); axis < end; axis++) {
      if (factor.shape().get(axis - lead) > 1) {
        return false;
      }
    }
    return true;
  }

  private Tensor build() {
    varying.sort(
        Comparator.comparingInt((Tensor factor) -> factor.node().id())
            .thenComparingInt(Tensor::index));
    List<Tensor> columns =
        to - from < 2
            ? List.of()
            : varying.stream().filter(factor -> isConstant(factor, to - 1)).toList();
    List<Tensor> full = varying.stream().filter(factor -> !columns.contains(factor)).toList();
    if (full.isEmpty() || !product(full).shape().equals(whole.shape())) {
      return reduce(whole, from, to);
    }
    Tensor sum = reduce(product(full), from, columns.isEmpty() ? to : to - 1);
    if (!columns.isEmpty()) {
      sum = reduce(sum.mul(product(columns)), to - 1, to);
    }
    if (!constant.isEmpty()) {
      sum = sum.mul(product(constant));
    }
    return negative ? sum.neg() : sum;
  }

  private static Tensor product(List<Tensor> factors) {
    return factors.stream().reduce(Tensor::mul).orElseThrow();
  }

  private static Tensor reduce(Tensor x, int from, int to) {
    return x.graph().applyOne(new Reduce(Call.Reduce.Kind.SUM, from, to), x);
  }
}
