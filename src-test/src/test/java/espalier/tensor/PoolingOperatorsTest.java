package espalier.tensor;

import espalier.core.tensor.AveragePool2d;
import espalier.core.tensor.AveragePool2dGradient;
import espalier.core.tensor.MaxPool2d;
import espalier.core.tensor.MaxPool2dGather;
import espalier.core.tensor.MaxPool2dScatter;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Window2d;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Group;

/** Pooling, and the operations its gradients are made of. */
@SuppressWarnings("ClassCanBeStatic") // Groups of tests are inner classes.
class PoolingOperatorsTest {
  /** Overlapping, strided, without padding, and with another padding on each side. */
  private static final List<PoolWindow> WINDOWS =
      List.of(
          PoolWindow.same(3, 1),
          PoolWindow.same(3, 2),
          PoolWindow.valid(2, 2),
          PoolWindow.valid(1, 2),
          new PoolWindow(2, 3, new Window2d(1, 2, 1, 0, 0, 2, 1, 1)));

  private static List<OperatorCase> forEachWindow(Function<PoolWindow, OperatorCase> oneCase) {
    return WINDOWS.stream().map(oneCase).toList();
  }

  private static Shape image(Draw draw) {
    return Shape.of(draw.between(1, 2), draw.between(2, 5), draw.between(2, 4), draw.between(1, 2));
  }

  private static Shape pooled(PoolWindow window, Shape x) {
    return new MaxPool2d(window).infer(List.of(x)).getFirst();
  }

  @Group
  class Largest implements OperatorContract<MaxPool2d> {
    @Override
    public Class<MaxPool2d> operator() {
      return MaxPool2d.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = image(draw);
      return forEachWindow(
          window -> OperatorCase.of(new MaxPool2d(window)).with(x, draw.distinct(x)));
    }
  }

  @Group
  class Scattering implements OperatorContract<MaxPool2dScatter> {
    @Override
    public Class<MaxPool2dScatter> operator() {
      return MaxPool2dScatter.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = image(draw);
      return forEachWindow(window -> {
        Shape dy = pooled(window, x);
        return OperatorCase.of(new MaxPool2dScatter(window))
            .with(x, draw.distinct(x))
            .with(dy, draw.values(dy));
      });
    }
  }

  @Group
  class Gathering implements OperatorContract<MaxPool2dGather> {
    @Override
    public Class<MaxPool2dGather> operator() {
      return MaxPool2dGather.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = image(draw);
      return forEachWindow(window ->
          OperatorCase.of(new MaxPool2dGather(window))
              .with(x, draw.distinct(x))
              .with(x, draw.values(x)));
    }
  }

  @Group
  class Averaging implements OperatorContract<AveragePool2d> {
    @Override
    public Class<AveragePool2d> operator() {
      return AveragePool2d.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = image(draw);
      return forEachWindow(
          window -> OperatorCase.of(new AveragePool2d(window)).with(x, draw.values(x)));
    }
  }

  @Group
  class Spreading implements OperatorContract<AveragePool2dGradient> {
    @Override
    public Class<AveragePool2dGradient> operator() {
      return AveragePool2dGradient.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = image(draw);
      return forEachWindow(window -> {
        Shape dy = pooled(window, x);
        return OperatorCase.of(new AveragePool2dGradient(window, x.get(1), x.get(2)))
            .with(dy, draw.values(dy));
      });
    }
  }
}
