package espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import espalier.core.plan.Computation;
import espalier.core.plan.Planner;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Op;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What every operation of type {@code O} must hold; name its variants and inherit the tests. Values
 * are computed by the reference backend in double precision.
 */
interface OperatorContract<O extends Op> {

  /** The operation under test. */
  Class<O> operator();

  /** One random case of each variant. */
  List<OperatorCase> cases(Draw draw);

  @Provide
  default Arbitrary<List<OperatorCase>> drawn() {
    return Arbitraries.randomValue(random -> cases(new Draw(random)));
  }

  @Provide
  default Arbitrary<List<Shape>> anyShapes() {
    return Arbitraries.randomValue(random -> {
      Draw draw = new Draw(random);
      List<Shape> shapes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        shapes.add(draw.shape(draw.between(0, 5), 100));
      }
      return shapes;
    });
  }

  @Property(tries = 20, seed = "101")
  default void gradientsAgreeWithCentralDifferences(@ForAll("drawn") List<OperatorCase> cases) {
    for (OperatorCase operatorCase : cases) {
      assertThat(operatorCase.op()).isInstanceOf(operator());
      try (GradientCheck check = new GradientCheck(operatorCase)) {
        check.firstOrder();
      }
    }
  }

  @Property(tries = 12, seed = "102")
  default void gradientsOfGradientsAgreeWithCentralDifferencesOfGradients(
      @ForAll("drawn") List<OperatorCase> cases) {
    for (OperatorCase operatorCase : cases) {
      try (GradientCheck check = new GradientCheck(operatorCase)) {
        check.secondOrder();
      }
    }
  }

  @Property(tries = 5, seed = "103")
  default void theSameApplicationTwiceIsComputedOnce(@ForAll("drawn") List<OperatorCase> cases) {
    for (OperatorCase operatorCase : cases) {
      Graph graph = new Graph();
      List<Tensor> operands = new ArrayList<>();
      for (OperatorCase.Input input : operatorCase.inputs()) {
        operands.add(graph.feed("x" + operands.size(), input.shape()));
      }
      Tensor once = operatorCase.apply(operands).getFirst();
      Tensor again = operatorCase.apply(operands).getFirst();
      assertThat(Planner.plan(Computation.of(once, again)).steps())
          .isEqualTo(Planner.plan(Computation.of(once)).steps());
    }
  }

  @Property(tries = 100, seed = "104")
  default void shapesAreAcceptedOrRefusedInASentenceThatStartsWithTheName(
      @ForAll("drawn") List<OperatorCase> cases, @ForAll("anyShapes") List<Shape> shapes) {
    for (OperatorCase operatorCase : cases) {
      Op op = operatorCase.op();
      List<Shape> wanted = shapes.subList(0, Math.min(3, operatorCase.operands()));
      try {
        op.infer(wanted);
      } catch (IllegalArgumentException refusal) {
        assertThat(refusal).hasMessageStartingWith(op.name() + ": ");
      } catch (RuntimeException other) {
        assertThatCode(
                () -> {
                  throw other;
                })
            .as("%s of %s", op, wanted)
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
