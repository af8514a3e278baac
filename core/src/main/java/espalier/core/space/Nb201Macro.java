package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.tensor.Tensor;
import java.util.List;

/**
 * The network around the cells of NAS-Bench-201 [Dong and Yang 2020]: a stem, three stages of equal
 * cells with a residual block before the second and the third that halves the image and doubles the
 * channels, normalisation, mean over the image, linear.
 *
 * @param channels of the first stage
 * @param cellsPerStage how many cells each stage has
 */
public record Nb201Macro(int channels, int cellsPerStage) {
  private static final int STAGES = 3;

  public Nb201Macro {
    if (channels < 1 || cellsPerStage < 1) {
      throw new IllegalArgumentException(
          "NAS-Bench-201 network: %d channels and %d cells per stage, expected at least 1 of each"
              .formatted(channels, cellsPerStage));
    }
  }

  /** The benchmark's own: 16 channels, 5 cells per stage. */
  public static Nb201Macro standard() {
    return new Nb201Macro(16, 5);
  }

  /** The network of a chosen cell. */
  public Network network(Cell cell, int classes) {
    return network(Site.Form.EVALUATION, classes, new DiscreteCell(cell, false));
  }

  /** The network whose cells this builder builds. */
  public Network network(Site.Form form, int classes, CellBuilder cell) {
    return (scope, images) -> Network.Outputs.of(build(scope, images, form, classes, cell));
  }

  private Tensor build(Scope scope, Tensor images, Site.Form form, int classes, CellBuilder cell) {
    BatchNorm norm = BatchNorm.standard();
    Tensor x = new ConvNorm(Conv.same(channels, 3, 1), norm).apply(scope.child("stem"), images);
    int width = channels;
    int index = 0;
    for (int stage = 0; stage < STAGES; stage++) {
      if (stage > 0) {
        width *= 2;
        x = new ResidualReduction(width).apply(scope.child("reduction" + stage), x);
      }
      for (int i = 0; i < cellsPerStage; i++, index++) {
        Scope cellScope = scope.child("cells").child(Integer.toString(index));
        x = cell.build(cellScope, List.of(x), new CellPlace(index, width, false, form));
      }
    }
    Tensor features = Pool.globalAverage().apply(scope, norm.apply(scope.child("norm"), x).relu());
    return Linear.of(classes).apply(scope.child("classifier"), features);
  }
}
