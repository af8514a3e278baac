package espalier.core.plan;

import espalier.core.plan.Item.Value;
import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.Reduce;
import espalier.core.tensor.Shape;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One fused pass on its way to a kernel call: a root and the items that dissolve in it. */
final class Pass {
  private final Item root;
  private final Fusion fusion;
  private final Function<Value, Ref> buffers;
  private final Shape iteration;
  private final List<Operand> operands = new ArrayList<>();
  private final Map<Operand, Integer> operandNumbers = new HashMap<>();

  /* Operands are numbered before steps, so steps count from here until operands are all known. */
  private static final int FIRST_STEP = 1 << 20;
  private final List<Expr.Step> steps = new ArrayList<>();
  private final Map<Value, Integer> numbers = new HashMap<>();

  Pass(Item root, Fusion fusion, Function<Value, Ref> buffers) {
    this.root = root;
    this.fusion = fusion;
    this.buffers = buffers;
    this.iteration = Fusion.iteration(root);
  }

  /** The call that computes the root into {@code output}. */
  Call call(Ref output) {
    Value computed = root.op instanceof Reduce ? root.inputs.getFirst() : root.output(0);
    int result = number(computed);
    int inputs = operands.size();
    List<Expr.Step> numbered =
        steps.stream()
            .map(step ->
                new Expr.Step(
                    step.fn(), settle(step.a(), inputs), settle(step.b(), inputs), step.constant()))
            .toList();
    Expr expr = new Expr(inputs, numbered, List.of(settle(result, inputs)));
    Collapsed space = Collapsed.of(iteration, operands, root);
    return root.op instanceof Reduce reduce
        ? new Call.Reduce(
            reduce.kind(),
            space.shape(),
            space.from(),
            space.to(),
            expr,
            space.operands(),
            List.of(output))
        : new Call.Map(space.shape(), expr, space.operands(), List.of(output));
  }

  private static int settle(int number, int inputs) {
    return number >= FIRST_STEP ? number - FIRST_STEP + inputs : number;
  }

  private int number(Value value) {
    Integer known = numbers.get(value);
    if (known != null) {
      return known;
    }
    Item item = value.item();
    int number;
    boolean isMapRoot = item == root && !(item.op instanceof Reduce);
    if (isMapRoot || fusion.dissolves(item, root)) {
      number = compute(item);
    } else {
      number = operand(value);
    }
    numbers.put(value, number);
    return number;
  }

  private int compute(Item item) {
    return switch (item.op) {
      case Constant constant -> step(Expr.Step.constant(constant.value()));
      case Broadcast broadcast -> number(item.inputs.getFirst());
      case Pointwise(var fn) when fn.arity() == 1 ->
          step(Expr.Step.of(fn, number(item.inputs.getFirst())));
      case Pointwise(var fn) ->
          step(Expr.Step.of(fn, number(item.inputs.getFirst()), number(item.inputs.getLast())));
      default -> throw new IllegalStateException(item.op.name() + " cannot be fused");
    };
  }

  private int step(Expr.Step step) {
    steps.add(step);
    return FIRST_STEP + steps.size() - 1;
  }

  private int operand(Value value) {
    Dims strides = value.shape().stridesOver(iteration);
    return operandNumbers.computeIfAbsent(
        new Operand(buffers.apply(value), strides),
        operand -> {
          operands.add(operand);
          return operands.size() - 1;
        });
  }

  /**
   * An iteration space whose neighbouring axes are joined wherever every operand allows it. The
   * outermost axis of a reduction over it stays by itself: images are what its sums are cut by.
   */
  private record Collapsed(Dims shape, int from, int to, List<Operand> operands) {

    static Collapsed of(Shape iteration, List<Operand> operands, Item root) {
      int from = root.op instanceof Reduce reduce ? reduce.from() : 0;
      int to = root.op instanceof Reduce reduce ? reduce.to() : iteration.rank();
      List<Integer> starts = new ArrayList<>();
      int longer = -1; // the last axis of the open run whose extent is more than 1
      for (int a = 0; a < iteration.rank(); a++) {
        boolean image = root.op instanceof Reduce && from == 0 && a == 1;
        boolean open = !starts.isEmpty() && a != from && a != to && !image;
        if (!open || !joins(iteration, operands, longer, a)) {
          starts.add(a);
          longer = -1;
        }
        longer = iteration.get(a) > 1 ? a : longer;
      }
      starts.add(iteration.rank());
      if (iteration.rank() == 0) {
        return scalar(operands);
      }
      int axes = starts.size() - 1;
      int[] shape = new int[axes];
      for (int i = 0; i < axes; i++) {
        shape[i] = iteration.dims().product(starts.get(i), starts.get(i + 1));
      }
      List<Operand> joined = new ArrayList<>();
      for (Operand operand : operands) {
        int[] strides = new int[axes];
        for (int i = 0; i < axes; i++) {
          strides[i] = innermost(iteration, operand.strides(), starts.get(i), starts.get(i + 1));
        }
        joined.add(new Operand(operand.ref(), Dims.of(strides)));
      }
      return new Collapsed(
          Dims.of(shape), starts.indexOf(from), starts.indexOf(to), List.copyOf(joined));
    }

    private static Collapsed scalar(List<Operand> operands) {
      List<Operand> single =
          operands.stream().map(operand -> new Operand(operand.ref(), Dims.of(0))).toList();
      return new Collapsed(Dims.of(1), 0, 1, single);
    }

    /** The stride of the last axis in a joined run that is longer than 1. */
    private static int innermost(Shape iteration, Dims strides, int from, int to) {
      for (int a = to - 1; a >= from; a--) {
        if (iteration.get(a) > 1) {
          return strides.get(a);
        }
      }
      return 0;
    }

    /** Whether axis {@code a} continues axis {@code outer} in every operand. */
    private static boolean joins(Shape iteration, List<Operand> operands, int outer, int a) {
      if (outer < 0 || iteration.get(a) == 1) {
        return true;
      }
      for (Operand operand : operands) {
        if (operand.strides().get(outer) != operand.strides().get(a) * iteration.get(a)) {
          return false;
        }
      }
      return true;
    }
  }
}
