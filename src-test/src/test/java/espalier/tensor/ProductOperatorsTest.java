package espalier.tensor;

import espalier.core.tensor.Conv2d;
import espalier.core.tensor.Conv2dInputGradient;
import espalier.core.tensor.Conv2dWeightGradient;
import espalier.core.tensor.MatMul;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Window2d;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Group;

/** Operations that are sums of products. */
@SuppressWarnings("ClassCanBeStatic") // Groups of tests are inner classes.
class ProductOperatorsTest {

  @Group
  class MatrixProduct implements OperatorContract<MatMul> {
    @Override
    public Class<MatMul> operator() {
      return MatMul.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      List<OperatorCase> cases = new ArrayList<>();
      for (boolean transposeA : List.of(false, true)) {
        for (boolean transposeB : List.of(false, true)) {
          int m = draw.extent();
          int n = draw.extent();
          int k = draw.extent();
          Shape a = transposeA ? Shape.of(k, m) : Shape.of(m, k);
          Shape b = transposeB ? Shape.of(n, k) : Shape.of(k, n);
          cases.add(
              OperatorCase.of(new MatMul(transposeA, transposeB))
                  .with(a, draw.values(a))
                  .with(b, draw.values(b)));
        }
      }
      return cases;
    }
  }

  @Group
  class Convolution implements OperatorContract<Conv2d> {
    @Override
    public Class<Conv2d> operator() {
      return Conv2d.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      return Geometry.variants(draw).stream()
          .map(g ->
              OperatorCase.of(g.conv2d()).with(g.x, draw.values(g.x)).with(g.w, draw.values(g.w)))
          .toList();
    }
  }

  @Group
  class ConvolutionInputGradient implements OperatorContract<Conv2dInputGradient> {
    @Override
    public Class<Conv2dInputGradient> operator() {
      return Conv2dInputGradient.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      return Geometry.variants(draw).stream()
          .map(g ->
              OperatorCase.of(new Conv2dInputGradient(g.window, g.groups, g.x.get(1), g.x.get(2)))
                  .with(g.y(), draw.values(g.y()))
                  .with(g.w, draw.values(g.w)))
          .toList();
    }
  }

  @Group
  class ConvolutionWeightGradient implements OperatorContract<Conv2dWeightGradient> {
    @Override
    public Class<Conv2dWeightGradient> operator() {
      return Conv2dWeightGradient.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      return Geometry.variants(draw).stream()
          .map(g ->
              OperatorCase.of(new Conv2dWeightGradient(g.window, g.groups, g.w.get(0), g.w.get(1)))
                  .with(g.x, draw.values(g.x))
                  .with(g.y(), draw.values(g.y())))
          .toList();
    }
  }

  /** Shapes of one convolution. */
  private record Geometry(Shape x, Shape w, Window2d window, int groups) {

    Conv2d conv2d() {
      return new Conv2d(window, groups);
    }

    Shape y() {
      return conv2d().infer(List.of(x, w)).getFirst();
    }

    /**
     * Dense, pointwise, grouped, depthwise, depthwise with a multiplier, strided, dilated,
     * lopsided.
     */
    static List<Geometry> variants(Draw draw) {
      Window2d same = Window2d.same(3, 3, 1, 1);
      return List.of(
          of(draw, 2, 3, 1, 3, 3, same),
          of(draw, 3, 2, 1, 1, 1, Window2d.valid(1)),
          of(draw, 4, 2, 2, 3, 3, same),
          of(draw, 3, 3, 3, 3, 3, same),
          of(draw, 2, 4, 2, 3, 3, same),
          of(draw, 2, 2, 1, 3, 3, Window2d.same(3, 3, 2, 1)),
          of(draw, 2, 2, 1, 1, 1, Window2d.valid(2)),
          of(draw, 2, 1, 1, 3, 3, Window2d.same(3, 3, 1, 2)),
          of(draw, 2, 2, 2, 3, 3, Window2d.same(3, 3, 2, 2)),
          of(draw, 2, 2, 1, 2, 3, new Window2d(2, 1, 0, 2, 1, 1, 1, 2)),
          of(draw, 1, 2, 1, 1, 5, new Window2d(1, 3, 0, 3, 0, 1, 1, 1)));
    }

    private static Geometry of(
        Draw draw, int in, int out, int groups, int height, int width, Window2d window) {
      Shape x = Shape.of(draw.between(1, 2), draw.between(2, 4), draw.between(2, 4), in);
      return new Geometry(x, Shape.of(height, width, in / groups, out), window, groups);
    }
  }
}
