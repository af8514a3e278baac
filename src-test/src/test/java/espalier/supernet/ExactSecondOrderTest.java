package espalier.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.space.Cell;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellPlace;
import espalier.core.space.CellSpace;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsSpace;
import espalier.core.space.Operation;
import espalier.core.space.Relaxable;
import espalier.core.space.Site;
import espalier.core.supernet.BilevelSteps;
import espalier.core.supernet.CellSupernet;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.core.train.Sgd;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The second-order gradient of α is exact: the paper's finite differences approach it as fast as
 * central differences can, where the supernet is smooth, and meet it where it has kinks.
 */
final class ExactSecondOrderTest {
  private static final double XI = 0.1;
  private static final Sgd SGD = new Sgd(0.9, 0.01, false);

  /** Operations without a kink. */
  private enum SmoothOperation implements Operation {
    NONE,
    SKIP,
    AVERAGE,
    CONVOLUTION;

    @Override
    public String label() {
      return name();
    }

    @Override
    public Kind kind(int stride) {
      return switch (this) {
        case NONE -> Kind.ZERO;
        case SKIP -> Kind.IDENTITY;
        case AVERAGE -> Kind.FIXED;
        case CONVOLUTION -> Kind.WEIGHTED;
      };
    }

    @Override
    public Layer layer(Site site) {
      return switch (this) {
        case NONE -> (scope, x) -> x.mul(0);
        case SKIP -> Layer.identity();
        case AVERAGE -> Pool.average(PoolWindow.same(3, 1));
        case CONVOLUTION -> {
          Layer layer = new ConvNorm(Conv.same(site.channels(), 3, 1), site.form().norm());
          yield (scope, x) -> layer.apply(scope, x.tanh());
        }
      };
    }
  }

  /** A stem, two cells that share α, mean, linear; no kink anywhere. */
  private record SmoothSpace() implements Relaxable<Cell> {
    private static final int CHANNELS = 3;
    private static final List<Operation> OPERATIONS = List.of(SmoothOperation.values());

    @Override
    public List<CellSpace> cellSpaces() {
      return List.of(
          new CellSpace(
              "cell", 1, 2, 2, false, CellSpace.Output.LAST_NODE, OPERATIONS, OPERATIONS));
    }

    @Override
    public List<Cell> cells(Cell cell) {
      return List.of(cell);
    }

    @Override
    public Cell ofCells(List<Cell> cells) {
      return cells.getFirst();
    }

    @Override
    public Network supernet(int classes, List<CellBuilder> builders) {
      return (scope, images) -> {
        Layer stem = new ConvNorm(Conv.same(CHANNELS, 3, 1), BatchNorm.standard());
        Tensor x = stem.apply(scope.child("stem"), images);
        for (int i = 0; i < 2; i++) {
          CellPlace place = new CellPlace(i, CHANNELS, false, Site.Form.SEARCH);
          x = builders.getFirst().build(scope.child("cell" + i), List.of(x), place).tanh();
        }
        Tensor features = Pool.globalAverage().apply(scope, x);
        return Network.Outputs.of(Linear.of(classes).apply(scope.child("classifier"), features));
      };
    }
  }

  private static UnrolledGradient open(
      Backend backend, Relaxable<?> space, double clip, BilevelSteps.Order order) {
    BatchProblem problem = new BatchProblem(new CellSupernet<>(space, 3), Shape.of(4, 8, 8, 2));
    UnrolledGradient gradient = new UnrolledGradient(backend, problem, SGD, clip, order);
    gradient.spreadArchitecture();
    gradient.train(3, 0.02);
    return gradient;
  }

  private static Backend reference() {
    return Backends.open("reference", BackendOptions.threads(1));
  }

  /** Error of the difference form, relative to the term that it estimates. */
  private static double error(UnrolledGradient gradient, double[] exact, Sgd sgd, double epsilon) {
    UnrolledGradient.Terms terms = gradient.finiteDifferences(sgd, XI, epsilon);
    double[] term = UnrolledGradient.zip(terms.gradient(), terms.direct(), (g, d) -> g - d);
    return UnrolledGradient.distance(exact, terms.gradient(), term);
  }

  /** With a limit on the gradients' norm that every weight step exceeds, and without one. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-3})
  void finiteDifferencesOfASmoothSupernetApproachItWithTheSquareOfTheirWidth(double clip) {
    try (Backend backend = reference();
        UnrolledGradient gradient =
            open(backend, new SmoothSpace(), clip, BilevelSteps.Order.SECOND)) {
      double[] exact = gradient.exact(XI);
      double wide = error(gradient, exact, SGD, 1e-1);
      double middle = error(gradient, exact, SGD, 1e-2);
      double narrow = error(gradient, exact, SGD, 1e-3);
      assertThat(Math.log10(wide / middle)).isBetween(1.9, 2.1);
      assertThat(Math.log10(middle / narrow)).isBetween(1.99, 2.01);
      assertThat(narrow).isLessThan(1e-5);
    }
  }

  @Test
  void theUnrolledStepHasMomentumAndWeightDecay() {
    try (Backend backend = reference();
        UnrolledGradient gradient =
            open(backend, new SmoothSpace(), 0, BilevelSteps.Order.SECOND)) {
      double[] exact = gradient.exact(XI);
      assertThat(error(gradient, exact, new Sgd(0, SGD.weightDecay(), false), 1e-3))
          .isGreaterThan(1e-2);
      assertThat(error(gradient, exact, new Sgd(SGD.momentum(), 0, false), 1e-3))
          .isGreaterThan(1e-2);
    }
  }

  @Test
  void firstOrderIsTheGradientAtTheWeightsAsTheyAre() {
    try (Backend backend = reference();
        UnrolledGradient gradient = open(backend, new SmoothSpace(), 0, BilevelSteps.Order.FIRST)) {
      double[] direct = gradient.finiteDifferences(SGD, 0, 1e-3).direct();
      assertThat(UnrolledGradient.distance(gradient.exact(XI), direct, direct)).isLessThan(1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(BilevelSteps.Order.class)
  void aStepOfTheArchitectureTouchesNothingElse(BilevelSteps.Order order) {
    try (Backend backend = reference();
        UnrolledGradient gradient = open(backend, new SmoothSpace(), 0, order)) {
      assertThat(gradient.steps().architecture().assigns().keySet())
          .containsExactlyInAnyOrder("alpha.cell", "architecture_optimizer/alpha.cell/gradient");
      assertThat(gradient.steps().weights().assigns().keySet())
          .contains("stem.norm.running_mean", "stem.conv.weight")
          .doesNotContain("alpha.cell");
    }
  }

  /**
   * A unit that switches side jumps, and a difference divides the jump by its width: two widths
   * agree only where none does.
   */
  @Test
  void finiteDifferencesOfTheDartsSupernetMeetItWhereNoUnitSwitchesSide() {
    DartsMacro macro = DartsMacro.cifar(2, 3).plain();
    try (Backend backend = reference();
        UnrolledGradient gradient =
            open(backend, new DartsSpace(macro, macro), 0, BilevelSteps.Order.SECOND)) {
      double[] exact = gradient.exact(XI);
      assertThat(error(gradient, exact, SGD, 1e-5)).isLessThan(1e-6);
      assertThat(error(gradient, exact, SGD, 1e-6)).isLessThan(1e-6);
    }
  }
}
