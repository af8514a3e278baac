package espalier.tensor;

import espalier.core.tensor.Moments;
import espalier.core.tensor.Reduce;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Softmax;
import espalier.kernels.spi.Call;
import java.util.List;
import net.jqwik.api.Group;

/** Operations whose outputs each depend on many elements. */
@SuppressWarnings("ClassCanBeStatic") // Groups of tests are inner classes.
class ReductionOperatorsTest {

  @Group
  class Reducing implements OperatorContract<Reduce> {
    @Override
    public Class<Reduce> operator() {
      return Reduce.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = draw.shape(draw.between(1, 5), 60);
      int from = draw.between(0, x.rank() - 1);
      int to = draw.between(from + 1, x.rank());
      return List.of(
          OperatorCase.of(new Reduce(Call.Reduce.Kind.SUM, from, to)).with(x, draw.values(x)),
          OperatorCase.of(new Reduce(Call.Reduce.Kind.MAX, from, to)).with(x, draw.distinct(x)));
    }
  }

  @Group
  class MeanAndVariance implements OperatorContract<Moments> {
    @Override
    public Class<Moments> operator() {
      return Moments.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = draw.shape(draw.between(2, 4), 60);
      return List.of(OperatorCase.of(new Moments()).with(x, draw.values(x)));
    }
  }

  @Group
  class SoftMaximum implements OperatorContract<Softmax> {
    @Override
    public Class<Softmax> operator() {
      return Softmax.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = draw.shape(draw.between(1, 4), 60);
      return List.of(
          OperatorCase.of(new Softmax(false)).with(x, draw.values(x)),
          OperatorCase.of(new Softmax(true)).with(x, draw.values(x)));
    }
  }
}
