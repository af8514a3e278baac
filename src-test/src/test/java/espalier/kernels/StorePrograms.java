package espalier.kernels;

import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs that show what a store does with memory. Each is fed {@code x}. */
final class StorePrograms {
  private static final Expr SUM = Expr.of(Fn.ADD);
  private static final Expr INCREMENT =
      new Expr(1, List.of(Expr.Step.constant(1), Expr.Step.of(Fn.ADD, 0, 1)), List.of(2));

  private StorePrograms() {}

  /** Result 0 is {@code x + x}. */
  static Program doubling(int n) {
    Buffer x = arena(n, 0);
    Buffer y = arena(n, n + 1);
    Operand operand = new Operand(new Ref(0), Dims.of(1));
    Call add = new Call.Map(Dims.of(n), SUM, List.of(operand, operand), List.of(new Ref(1)));
    return program(List.of(x, y), List.of(add), new Ref(1), 2 * n + 1);
  }

  /** Adds {@code x} to a variable, in place. */
  static Program accumulating(String variable, int n) {
    Buffer x = arena(n, 2);
    Buffer sum = new Buffer(DType.F32, n, new Buffer.Home.Variable(variable));
    List<Operand> operands =
        List.of(new Operand(new Ref(1), Dims.of(1)), new Operand(new Ref(0), Dims.of(1)));
    Call add = new Call.Map(Dims.of(n), SUM, operands, List.of(new Ref(1)));
    return program(List.of(x, sum), List.of(add), new Ref(1), n + 2);
  }

  /**
   * {@code rounds} times adds 1 to all elements and transposes the {@code [side, side]} matrix; the
   * transposition reads elements that other threads may have written, so a step that starts before
   * its predecessor has ended is found out.
   */
  static Program incrementingAndTransposing(int side, int rounds) {
    int n = side * side;
    Ref x = new Ref(0);
    Ref incremented = new Ref(1);
    List<Call> calls = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Operand operand = new Operand(x, Dims.of(1));
      calls.add(new Call.Map(Dims.of(n), INCREMENT, List.of(operand), List.of(incremented)));
      Dims square = Dims.of(side, side);
      calls.add(new Call.Copy(square, incremented, 0, Dims.of(1, side), x, 0, Dims.of(side, 1)));
    }
    return program(List.of(arena(n, 0), arena(n, n)), calls, x, 2 * n);
  }

  private static Buffer arena(int elements, int offset) {
    return new Buffer(DType.F32, elements, new Buffer.Home.Arena(offset));
  }

  private static Program program(List<Buffer> buffers, List<Call> calls, Ref result, int arena) {
    List<Program.Step> steps = calls.stream().map(call -> new Program.Step(call, 0)).toList();
    return new Program(
        buffers, steps, Map.of("x", new Ref(0)), List.of(result), Map.of(DType.F32, arena));
  }
}
