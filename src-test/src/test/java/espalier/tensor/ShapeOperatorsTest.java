package espalier.tensor;

import espalier.core.tensor.Concat;
import espalier.core.tensor.Pad;
import espalier.core.tensor.Permute;
import espalier.core.tensor.Reshape;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Slice;
import espalier.core.tensor.Split;
import espalier.kernels.spi.Dims;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Group;

/** Operations that move elements and compute nothing. */
@SuppressWarnings("ClassCanBeStatic") // Groups of tests are inner classes.
class ShapeOperatorsTest {

  @Group
  class Reshaping implements OperatorContract<Reshape> {
    @Override
    public Class<Reshape> operator() {
      return Reshape.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = draw.shape(draw.between(0, 4), 60);
      Shape flat = Shape.of(x.size());
      Shape column = Shape.of(1, x.size(), 1);
      return List.of(
          OperatorCase.of(new Reshape(draw.of(List.of(flat, column)))).with(x, draw.values(x)));
    }
  }

  @Group
  class Cutting implements OperatorContract<Slice> {
    @Override
    public Class<Slice> operator() {
      return Slice.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = draw.shape(draw.between(0, 4), 60);
      Box box = Box.within(x, draw);
      return List.of(OperatorCase.of(new Slice(box.offsets, box.extents)).with(x, draw.values(x)));
    }
  }

  @Group
  class Splitting implements OperatorContract<Split> {
    @Override
    public Class<Split> operator() {
      return Split.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      int parts = draw.extent();
      Shape part = draw.shape(draw.between(1, 3), 20);
      int axis = draw.between(0, part.rank() - 1);
      Shape x = part.with(axis, parts * part.get(axis));
      return List.of(OperatorCase.of(new Split(axis, parts)).with(x, draw.values(x)));
    }
  }

  @Group
  class Padding implements OperatorContract<Pad> {
    @Override
    public Class<Pad> operator() {
      return Pad.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape target = draw.shape(draw.between(0, 4), 60);
      Box box = Box.within(target, draw);
      return List.of(
          OperatorCase.of(new Pad(box.offsets, target))
              .with(box.extents, draw.values(box.extents)));
    }
  }

  @Group
  class Joining implements OperatorContract<Concat> {
    @Override
    public Class<Concat> operator() {
      return Concat.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape first = draw.shape(draw.between(1, 4), 30);
      int axis = draw.between(0, first.rank() - 1);
      OperatorCase parts = OperatorCase.of(new Concat(axis)).with(first, draw.values(first));
      for (int i = draw.between(1, 2); i > 0; i--) {
        Shape part = first.with(axis, draw.between(1, 3));
        parts = parts.with(part, draw.values(part));
      }
      return List.of(parts);
    }
  }

  @Group
  class Reordering implements OperatorContract<Permute> {
    @Override
    public Class<Permute> operator() {
      return Permute.class;
    }

    @Override
    public List<OperatorCase> cases(Draw draw) {
      Shape x = draw.shape(draw.between(0, 5), 60);
      List<Integer> order = new ArrayList<>();
      for (int a = 0; a < x.rank(); a++) {
        order.add(draw.between(0, a), a);
      }
      Collections.rotate(order, draw.between(0, 2));
      Dims axes = Dims.of(order.stream().mapToInt(Integer::intValue).toArray());
      return List.of(OperatorCase.of(new Permute(axes)).with(x, draw.values(x)));
    }
  }

  /** A box inside a larger one. */
  private record Box(Dims offsets, Shape extents) {
    static Box within(Shape whole, Draw draw) {
      int[] offsets = new int[whole.rank()];
      int[] extents = new int[whole.rank()];
      for (int a = 0; a < offsets.length; a++) {
        offsets[a] = draw.between(0, whole.get(a) - 1);
        extents[a] = draw.between(1, whole.get(a) - offsets[a]);
      }
      return new Box(Dims.of(offsets), Shape.of(extents));
    }
  }
}
