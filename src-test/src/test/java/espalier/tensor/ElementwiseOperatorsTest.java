package espalier.tensor;

import espalier.core.tensor.Broadcast;
import espalier.core.tensor.Pointwise;
import espalier.core.tensor.Shape;
import espalier.kernels.spi.Fn;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Group;

/** Operations that work element by element. */
@SuppressWarnings("ClassCanBeStatic") // Groups of tests are inner classes.
class ElementwiseOperatorsTest {

  @Group
  class EveryFunction implements OperatorContract<Pointwise> {
    @Override
    public Class<Pointwise> operator() {
      return Pointwise.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      return Arrays.stream(Fn.values())
          .filter(fn -> fn.arity() > 0)
          .map(fn -> fn.arity() == 1 ? unary(fn, draw) : binary(fn, draw))
          .toList();
    }

    private static OperatorCase unary(Fn fn, Draw draw) {
      Shape shape = draw.shape(draw.between(0, 4), 30);
      double[] values =
          switch (fn) {
            case SQRT, LOG -> draw.between(shape, 0.4, 2.4);
            case RELU, ABS -> draw.offZero(shape);
            default -> draw.values(shape);
          };
      return OperatorCase.of(new Pointwise(fn)).with(shape, values);
    }

    private static OperatorCase binary(Fn fn, Draw draw) {
      Shape whole = draw.shape(draw.between(0, 4), 30);
      Shape part = draw.repeatedTo(whole);
      boolean swapped = draw.onceIn(2);
      Shape a = swapped ? part : whole;
      Shape b = swapped ? whole : part;
      return switch (fn) {
        case MAX, MIN, GREATER, GREATER_EQUAL ->
            OperatorCase.of(new Pointwise(fn))
                .with(a, draw.onLattice(a, 0))
                .with(b, draw.onLattice(b, 0.1));
        case DIV ->
            OperatorCase.of(new Pointwise(fn))
                .with(a, draw.values(a))
                .with(b, draw.between(b, 0.5, 2));
        default ->
            OperatorCase.of(new Pointwise(fn)).with(a, draw.values(a)).with(b, draw.values(b));
      };
    }
  }

  @Group
  class Repeating implements OperatorContract<Broadcast> {
    @Override
    public Class<Broadcast> operator() {
      return Broadcast.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape target = draw.shape(draw.between(1, 5), 60);
      Shape x = draw.repeatedTo(target);
      return List.of(OperatorCase.of(new Broadcast(target)).with(x, draw.values(x)));
    }
  }
}
