package espalier.tensor;

import espalier.core.tensor.GatherRows;
import espalier.core.tensor.ScatterRows;
import espalier.core.tensor.Shape;
import java.util.List;
import net.jqwik.api.Group;

/** Operations on rows that integers name. */
@SuppressWarnings("ClassCanBeStatic") // Groups of tests are inner classes.
class TableOperatorsTest {

  /** Entries of the table, some of them twice, and some that it does not have. */
  private static int[] indices(Draw draw, Shape shape, int entries) {
    int[] indices = new int[shape.size()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = draw.between(-1, entries);
    }
    return indices;
  }

  @Group
  class Gathering implements OperatorContract<GatherRows> {
    @Override
    public Class<GatherRows> operator() {
      return GatherRows.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape table = Shape.of(draw.extent(), draw.extent());
      Shape indices = draw.shape(draw.between(0, 2), 15);
      return List.of(
          OperatorCase.of(new GatherRows())
              .with(table, draw.values(table))
              .withIndices(indices, indices(draw, indices, table.get(0))));
    }
  }

  @Group
  class Scattering implements OperatorContract<ScatterRows> {
    @Override
    public Class<ScatterRows> operator() {
      return ScatterRows.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      int entries = draw.extent();
      Shape indices = draw.shape(draw.between(0, 2), 15);
      Shape rows = indices.append(draw.extent());
      return List.of(
          OperatorCase.of(new ScatterRows(entries))
              .with(rows, draw.values(rows))
              .withIndices(indices, indices(draw, indices, entries)));
    }
  }
}
