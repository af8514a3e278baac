package espalier.core.tensor;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A scalar function applied element by element; two operands are broadcast against each other. The
 * planner fuses chains of these into one pass.
 */
public record Pointwise(Fn fn) implements Op {
  public Pointwise {
    if (fn == Fn.CONSTANT) {
      throw new IllegalArgumentException("pointwise: a constant has no operand, use Constant");
    }
  }

  @Override
  public String name() {
    return fn.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public OptionalInt arity() {
    return OptionalInt.of(fn.arity());
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    return List.of(
        fn.arity() == 1
            ? inputs.getFirst()
            : Shape.broadcast(name(), inputs.getFirst(), inputs.getLast()));
  }

  /* The table of derivatives. Steps are flat: the comparisons pass nothing on. */
  @Override
  public void backward(Backward pass) {
    Tensor g = pass.gradient();
    Tensor a = pass.input(0);
    Tensor b = fn.arity() == 2 ? pass.input(1) : a;
    Tensor y = pass.output(0);
    switch (fn) {
      case CONSTANT, GREATER, GREATER_EQUAL -> {}
      case NEG -> pass.add(0, g::neg);
      case ABS -> pass.add(0, () -> g.mul(a.greater(0).sub(a.neg().greater(0))));
      case SQRT -> pass.add(0, () -> g.mul(0.5).div(y));
      case EXP -> pass.add(0, () -> g.mul(y));
      case LOG -> pass.add(0, () -> g.div(a));
      case TANH -> pass.add(0, () -> g.mul(y.mul(y).neg().add(1)));
      case SIGMOID -> pass.add(0, () -> g.mul(y.mul(y.neg().add(1))));
      case RELU -> pass.add(0, () -> g.mul(y.greater(0)));
      case ADD -> {
        pass.add(0, () -> g.sumTo(a.shape()));
        pass.add(1, () -> g.sumTo(b.shape()));
      }
      case SUB -> {
        pass.add(0, () -> g.sumTo(a.shape()));
        pass.add(1, () -> g.neg().sumTo(b.shape()));
      }
      case MUL -> {
        pass.add(0, () -> g.mul(b).sumTo(a.shape()));
        pass.add(1, () -> g.mul(a).sumTo(b.shape()));
      }
      case DIV -> {
        pass.add(0, () -> g.div(b).sumTo(a.shape()));
        pass.add(1, () -> g.mul(y).div(b).neg().sumTo(b.shape()));
      }
      case MAX -> {
        pass.add(0, () -> g.mul(a.greaterEqual(b)).sumTo(a.shape()));
        pass.add(1, () -> g.mul(b.greater(a)).sumTo(b.shape()));
      }
      case MIN -> {
        pass.add(0, () -> g.mul(b.greaterEqual(a)).sumTo(a.shape()));
        pass.add(1, () -> g.mul(a.greater(b)).sumTo(b.shape()));
      }
    }
  }

  @Override
  public void lower(Lowering to) {
    Shape shape = to.outputShape(0);
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < fn.arity(); i++) {
      operands.add(new Operand(to.input(i), to.inputShape(i).stridesOver(shape)));
    }
    to.emit(new Call.Map(shape.dims(), Expr.of(fn), operands, List.of(to.output(0))));
  }
}
