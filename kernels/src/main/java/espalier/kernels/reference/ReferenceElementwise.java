package espalier.kernels.reference;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.List;

/** Expressions over boxes of points: stored as they are, or reduced over some axes. */
final class ReferenceElementwise {
  private ReferenceElementwise() {}

  static void map(Call.Map call, Operands operands) {
    ReferenceExpression expression = new ReferenceExpression(call.expr());
    List<DoubleCells> inputs = inputs(call.inputs(), operands);
    List<DoubleCells> outputs = outputs(call.outputs(), call.shape().product(), operands);
    Box.forEachPoint(
        call.shape(),
        (point, index) -> {
          evaluate(expression, call.inputs(), inputs, point);
          for (int r = 0; r < outputs.size(); r++) {
            outputs.get(r).set(index, expression.result(r));
          }
        });
  }

  static void reduce(Call.Reduce call, Operands operands) {
    ReferenceExpression expression = new ReferenceExpression(call.expr());
    List<DoubleCells> inputs = inputs(call.inputs(), operands);
    List<DoubleCells> outputs = outputs(call.outputs(), call.kept(), operands);
    outputs.forEach(output -> output.fill(identity(call.kind())));
    Dims keptStrides = keptStrides(call);
    Box.forEachPoint(
        call.shape(),
        (point, index) -> {
          evaluate(expression, call.inputs(), inputs, point);
          int kept = Box.offset(point, keptStrides);
          for (int r = 0; r < outputs.size(); r++) {
            DoubleCells output = outputs.get(r);
            output.set(kept, join(call.kind(), output.get(kept), expression.result(r)));
          }
        });
  }

  private static double identity(Call.Reduce.Kind kind) {
    return switch (kind) {
      case SUM -> 0;
      case MAX -> Double.NEGATIVE_INFINITY;
    };
  }

  private static double join(Call.Reduce.Kind kind, double a, double b) {
    return switch (kind) {
      case SUM -> a + b;
      case MAX -> Math.max(a, b);
    };
  }

  /** Strides of the contiguous output over the whole shape: 0 along the reduced axes. */
  private static Dims keptStrides(Call.Reduce call) {
    int[] strides = new int[call.shape().rank()];
    int next = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      if (axis < call.from() || axis >= call.to()) {
        strides[axis] = next;
        next *= call.shape().get(axis);
      }
    }
    return Dims.of(strides);
  }

  private static List<DoubleCells> inputs(List<Operand> inputs, Operands operands) {
    return inputs.stream().map(input -> operands.numbers(input.ref())).toList();
  }

  private static List<DoubleCells> outputs(List<Ref> outputs, int elements, Operands operands) {
    return outputs.stream().map(output -> operands.numbers(output, elements)).toList();
  }

  private static void evaluate(
      ReferenceExpression expression,
      List<Operand> operands,
      List<DoubleCells> cells,
      int[] point) {
    for (int i = 0; i < operands.size(); i++) {
      expression.input(i, cells.get(i).get(Box.offset(point, operands.get(i).strides())));
    }
    expression.evaluate();
  }
}
