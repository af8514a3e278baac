package espalier.tensor;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.core.plan.Computation;
import espalier.core.tensor.Concat;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.MatMul;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Softmax;
import espalier.core.tensor.Tensor;
import espalier.core.tensor.Window2d;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Fn;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What does not fit is refused when the graph is built, in one sentence. */
class GraphErrorsTest {
  private final Graph graph = new Graph();
  private final Tensor image = graph.feed("image", Shape.of(2, 5, 4, 3));
  private final Tensor matrix = graph.feed("matrix", Shape.of(3, 4));
  private final Tensor labels = graph.feed("labels", DType.I32, Shape.of(2));

  private static void refused(ThrowingCallable build, String message) {
    assertThatIllegalArgumentException().isThrownBy(build).withMessage(message);
  }

  @Test
  void operandsThatCannotBeBroadcastAreBothNamed() {
    refused(
        () -> image.add(matrix),
        "add: cannot combine [2, 5, 4, 3] and [3, 4]: extents 3 and 4 differ and neither is 1");
    refused(() -> matrix.broadcast(Shape.of(4, 4)), "broadcast: cannot repeat [3, 4] to [4, 4]");
    refused(
        () -> image.broadcast(Shape.of(4, 3)), "broadcast: cannot repeat [2, 5, 4, 3] to [4, 3]");
  }

  @Test
  void matricesThatCannotBeMultipliedAreBothNamed() {
    Tensor other = graph.feed("other", Shape.of(5, 6));
    refused(() -> matrix.matmul(other), "matmul: cannot multiply [3, 4] by [5, 6]");
    refused(
        () -> matrix.matmul(other, true, true),
        "matmul: cannot multiply [3, 4] transposed by [5, 6] transposed");
    refused(() -> matrix.matmul(image), "matmul: cannot multiply [3, 4] by [2, 5, 4, 3]");
  }

  @Test
  void weightsThatDoNotFitTheInputAreNamedWithIt() {
    Window2d window = Window2d.valid(1);
    refused(
        () -> image.conv2d(graph.feed("w1", Shape.of(3, 3, 2, 8)), window, 1),
        "conv2d: input has 3 channels, weights expect 2 (input [2, 5, 4, 3], weights [3, 3, 2, 8],"
            + " 1 groups)");
    refused(
        () -> image.conv2d(graph.feed("w2", Shape.of(3, 3, 1, 8)), window, 3),
        "conv2d: 8 output channels cannot be divided into 3 groups (weights [3, 3, 1, 8])");
    refused(
        () -> image.conv2d(graph.feed("w3", Shape.of(3, 5, 3, 8)), window, 1),
        "conv2d: the kernel of weights [3, 5, 3, 8] is larger than the padded input [2, 5, 4, 3]");
    refused(
        () -> matrix.conv2d(matrix, window, 1),
        "conv2d: input [3, 4] and weights [3, 4], expected [N, H, W, C] and [kh, kw, C / groups,"
            + " K]");
  }

  @Test
  void windowsThatDoNotFitAreNamed() {
    refused(
        () -> image.maxPool2d(PoolWindow.valid(5, 1)),
        "max_pool2d: the 5×5 window is larger than the padded input [2, 5, 4, 3]");
    refused(
        () -> matrix.averagePool2d(PoolWindow.same(3, 1)),
        "average_pool2d: input is [3, 4], expected [N, H, W, C]");
    refused(
        () -> new PoolWindow(2, 2, Window2d.square(1, 2, 1)),
        "pool: padding of Window2d[strideHeight=1, strideWidth=1, padTop=2, padLeft=2, padBottom=2,"
            + " padRight=2, dilationHeight=1, dilationWidth=1] must be smaller than the 2×2"
            + " window");
    refused(
        () -> Window2d.square(0, 0, 1),
        "window: strides 0×0 and dilations 1×1, expected 1 or more");
  }

  @Test
  void axesThatDoNotExistAreNamedWithTheShape() {
    refused(
        () -> matrix.sum(1, 3),
        "reduce_sum: axes 1 to 2 of [3, 4], expected a non-empty range within it");
    refused(
        () -> matrix.max(1, 1),
        "reduce_max: axes 1 to 0 of [3, 4], expected a non-empty range within it");
    refused(() -> matrix.permute(0, 0), "permute: [0, 0] is not an order of the axes of [3, 4]");
    refused(() -> matrix.reshape(Shape.of(5, 2)), "reshape: [3, 4] has 12 elements, [5, 2] has 10");
    refused(
        () -> Tensor.concat(2, List.of(matrix, matrix)),
        "concat: cannot join [3, 4] and [3, 4] along axis 2");
    refused(
        () -> Tensor.concat(-1, List.of(matrix, matrix)),
        "concat: cannot join [3, 4] and [3, 4] along axis -1");
    refused(
        () -> Tensor.concat(0, List.of(matrix, image)),
        "concat: cannot join [3, 4] and [2, 5, 4, 3] along axis 0");
    refused(() -> Tensor.concat(0, List.of()), "concat: no operands, expected at least one");
    refused(() -> matrix.slice(2, 0, 1), "slice: axis 2 of [3, 4], expected 0 to 1");
    refused(() -> matrix.slice(-1, 0, 1), "slice: axis -1 of [3, 4], expected 0 to 1");
  }

  @Test
  void boxesThatReachOutsideAreNamedWithTheWhole() {
    refused(() -> matrix.slice(1, 2, 5), "slice: [3, 3] at [0, 2] does not lie within [3, 4]");
    refused(
        () -> matrix.slice(Dims.of(1, 0), Shape.of(3, 4)),
        "slice: [3, 4] at [1, 0] does not lie within [3, 4]");
    refused(
        () -> matrix.pad(Dims.of(0, 1), Shape.of(3, 4)),
        "pad: [3, 4] at [0, 1] does not lie within [3, 4]");
    refused(
        () -> matrix.pad(Dims.of(0, 0), Shape.of(3, 3)),
        "pad: [3, 4] at [0, 0] does not lie within [3, 3]");
  }

  @Test
  void emptyExtentsAreRefused() {
    refused(() -> Shape.of(3, 0), "shape: axis 1 of [3, 0] is 0, expected 1 or more");
  }

  @Test
  void operandsOfTheWrongTypeAreNamed() {
    refused(() -> labels.relu(), "relu: operand 0 is I32 [2], expected F32");
    refused(() -> matrix.oneHot(3), "one_hot: operand 0 is F32 [3, 4], expected I32");
    refused(() -> matrix.gatherRows(matrix), "gather_rows: operand 1 is F32 [3, 4], expected I32");
  }

  @Test
  void partsMustBeEqual() {
    refused(() -> matrix.split(1, 3), "split: cannot cut [3, 4] into 3 equal parts along axis 1");
    refused(() -> matrix.split(2, 2), "split: cannot cut [3, 4] into 2 equal parts along axis 2");
  }

  @Test
  void tablesAndTheirRowsMustFit() {
    Tensor row = graph.feed("row", Shape.of(4));
    refused(() -> row.gatherRows(labels), "gather_rows: table is [4], expected [entries, width]");
    refused(
        () -> matrix.scatterRows(labels, 5),
        "scatter_rows: rows are [3, 4], expected [..., width] with indices [2]");
  }

  @Test
  void tooManyOrTooFewOperandsAreCounted() {
    refused(
        () -> graph.applyOne(new MatMul(false, true), matrix, matrix, matrix),
        "matmul: found 3 operands, expected 2");
    refused(
        () -> graph.applyOne(new Pointwise(Fn.ADD), matrix), "add: found 1 operands, expected 2");
    refused(
        () -> graph.applyOne(new Softmax(false), matrix, matrix),
        "softmax: found 2 operands, expected 1");
    refused(
        () -> graph.applyOne(new Constant(1, Shape.SCALAR), matrix),
        "constant: found 1 operands, expected 0");
    refused(() -> graph.applyOne(new Concat(0)), "concat: found 0 operands, expected 1 or more");
  }

  @Test
  void tensorsOfTwoGraphsDoNotMix() {
    Tensor stranger = new Graph().feed("matrix", Shape.of(3, 4));
    refused(
        () -> matrix.add(stranger),
        "add: an operand belongs to another graph, expected all of one graph");
    refused(
        () -> Computation.of(matrix, stranger), "computation: a result belongs to another graph");
    refused(
        () -> new Computation(graph, List.of(), Map.of("w", stranger)),
        "computation: an assigned tensor belongs to another graph");
    refused(
        () -> Gradients.of(matrix.sum(), List.of(stranger)),
        "gradients: a tensor belongs to another graph than the loss");
    refused(
        () -> Gradients.of(matrix, stranger, List.of(matrix)),
        "gradients: a tensor belongs to another graph than the loss");
  }

  @Test
  void onlyAScalarIsALoss() {
    refused(
        () -> Gradients.of(matrix, List.of(matrix)),
        "gradients: the loss is [3, 4], expected a scalar");
    refused(
        () -> Gradients.of(matrix, image, List.of(matrix)),
        "gradients: the seed is [2, 5, 4, 3], expected [3, 4] as the tensor");
  }

  @Test
  void aNameStandsForOneTensor() {
    refused(
        () -> graph.feed("matrix", Shape.of(4, 3)),
        "feed 'matrix': declared as F32 [3, 4], asked for as F32 [4, 3]");
    graph.variable("w", Shape.of(2));
    refused(
        () -> graph.variable("w", Shape.of(3)),
        "variable 'w': declared as F32 [2], asked for as F32 [3]");
    refused(() -> graph.variable("", Shape.of(3)), "variable '': found no name, expected one");
  }

  @Test
  void assignsThatDoNotFitTheVariableAreRefused() {
    graph.variable("w", Shape.of(2));
    refused(
        () -> new Computation(graph, List.of(), Map.of("w", matrix)),
        "variable 'w': assigned F32 [3, 4], expected F32 [2]");
    refused(
        () -> new Computation(graph, List.of(), Map.of("w", labels)),
        "variable 'w': assigned I32 [2], expected F32 [2]");
    refused(
        () -> new Computation(graph, List.of(), Map.of("fresh", labels)),
        "variable 'fresh': assigned I32 [2], expected F32 [2]");
    refused(
        () -> new Computation(graph, List.of(), Map.of("", matrix)),
        "variable '': found no name, expected one");
  }
}
