package espalier.bench;

import espalier.core.nn.Network;
import espalier.core.nn.Parameter;
import espalier.core.nn.Scope;
import espalier.core.space.Cell;
import espalier.core.space.CellBuilder;
import espalier.core.space.CellPlace;
import espalier.core.space.CellSpace;
import espalier.core.space.DartsSpace;
import espalier.core.space.Relaxable;
import espalier.core.space.Site;
import espalier.core.supernet.CellSupernet;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import java.util.List;

/**
 * The normal cell of the DARTS supernet, 14 edges of 8 operations, forward and backward: gradients
 * of both inputs, of α and of every weight.
 */
public record NormalCell(int batch, int extent, int channels) implements Row.InSession {
  /** The states that enter. */
  public static final List<String> INPUTS = List.of("s0", "s1");

  private static final int SMALL_BATCH = 2;
  private static final int SMALL_EXTENT = 10;

  /** As at the start of the published search. */
  public static NormalCell of(int batch) {
    return new NormalCell(batch, 32, 16);
  }

  @Override
  public String label() {
    return "darts cell, batch " + batch;
  }

  @Override
  public boolean isNetwork() {
    return true;
  }

  private Shape input() {
    return Shape.of(batch, extent, extent, channels);
  }

  /** The normal cell as a space of its own, whose network is the bare cell. */
  private record Bare(CellPlace place) implements Relaxable<Cell> {
    @Override
    public List<CellSpace> cellSpaces() {
      return DartsSpace.cifar().cellSpaces().subList(0, 1);
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
      return (scope, s0) -> {
        Tensor s1 = scope.graph().variable(INPUTS.getLast(), s0.shape());
        return Network.Outputs.of(builders.getFirst().build(scope, List.of(s0, s1), place));
      };
    }
  }

  private Tensor build(Scope scope) {
    Tensor s0 = scope.graph().variable(INPUTS.getFirst(), input());
    CellPlace place = new CellPlace(0, channels, false, Site.Form.SEARCH);
    return new CellSupernet<>(new Bare(place), 1).build(scope, s0).main();
  }

  @Override
  public Assembly assembly() {
    Scope scope = Scope.root(new Graph(), Scope.Mode.TRAINING);
    Tensor y = build(scope);
    List<Parameter> inputs =
        INPUTS.stream().map(name -> Backpropagation.given(name, input())).toList();
    return Backpropagation.of(scope, inputs, y);
  }

  /** Each product of the forward pass has two in the backward pass. */
  @Override
  public Cost cost() {
    Scope scope = Scope.root(new Graph(), Scope.Mode.TRAINING);
    Tensor y = build(scope);
    return Cost.of(
        3.0 * scope.multiplyAccumulates(),
        2.0 * (INPUTS.size() * input().size() + y.shape().size() + scope.parameterCount()));
  }

  @Override
  public NormalCell small() {
    return new NormalCell(Math.min(batch, SMALL_BATCH), Math.min(extent, SMALL_EXTENT), channels);
  }

  @Override
  public double tolerance(String answer) {
    return Rounding.OF_NETWORKS;
  }
}
