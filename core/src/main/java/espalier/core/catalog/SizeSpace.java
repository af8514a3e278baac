package espalier.core.catalog;

import espalier.core.compose.ComposedSpace;
import espalier.core.compose.Pick;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.space.Cell;
import espalier.core.space.CellPlace;
import espalier.core.space.DiscreteCell;
import espalier.core.space.Nb201Space;
import espalier.core.space.ResidualReduction;
import espalier.core.space.Site;
import espalier.core.tensor.Tensor;
import java.util.List;

/**
 * The size space of NATS-Bench [Dong, Liu, Musial, Gabrys 2021]: one cell of NAS-Bench-201
 * throughout, and the channels of each of five layers from 8 to 64.
 */
public final class SizeSpace {
  private static final String CELL =
      "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|"
          + "+|skip_connect~0|nor_conv_3x3~1|nor_conv_3x3~2|";
  private static final int LAYERS = 5;

  private SizeSpace() {}

  /** All 32,768 rows of widths. */
  public static ComposedSpace<List<Integer>> nats() {
    Cell cell = Nb201Space.standard().parse(CELL);
    return new ComposedSpace<>(
        "nats-size",
        Pick.range(8, 64, 8).several(LAYERS, LAYERS),
        (widths, classes) -> network(cell, widths, classes));
  }

  private static Network network(Cell cell, List<Integer> widths, int classes) {
    return (scope, images) -> Network.Outputs.of(build(scope, images, cell, widths, classes));
  }

  /** Every second layer halves the image. */
  private static Tensor build(
      Scope scope, Tensor images, Cell cell, List<Integer> widths, int classes) {
    BatchNorm norm = BatchNorm.standard();
    Tensor x =
        new ConvNorm(Conv.same(widths.getFirst(), 3, 1), norm).apply(scope.child("stem"), images);
    DiscreteCell builder = new DiscreteCell(cell, false);
    for (int i = 0; i < widths.size(); i++) {
      Scope layer = scope.child("layers").child(Integer.toString(i));
      int width = widths.get(i);
      x =
          i % 2 == 1
              ? new ResidualReduction(width).apply(layer, x)
              : builder.build(
                  layer, List.of(x), new CellPlace(i, width, false, Site.Form.EVALUATION));
    }
    Tensor features = Pool.globalAverage().apply(scope, norm.apply(scope.child("norm"), x).relu());
    return Linear.of(classes).apply(scope.child("classifier"), features);
  }
}
