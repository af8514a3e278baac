package espalier.kernels.cpu;

import espalier.kernels.cpu.LoopSlot.Place;
import espalier.kernels.spi.Call;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Compiled reductions of rows, with one chain per column. */
final class ColumnLoops implements ReduceLoops {
  /*
   * A round is a row, or as many vectors of it as the registers hold chains for; then a block of
   * rows is passed over several times. Columns beyond the last whole vector are read as if they
   * were one: the lanes behind them compute what nobody reads. Rows where that would leave an array
   * are not taken. Rows of few columns get narrower vectors.
   */

  /** Vectors of chains that stay in registers. */
  private static final int MOST_CHAINS = 16;

  private static final int MOST_VECTORS = 8;

  /** Points of a block of rows. */
  private static final int BLOCK = 1 << 13;

  private static final int FEWEST_ROWS = 16;
  private static final int FEWEST_LANES = 4;

  private final List<LoopSlot.Bound> loops = new ArrayList<>();
  private final LoopOperands operands;
  private final List<LoopSlot> moving = new ArrayList<>();
  private final int columns;
  private final int padded;
  private final int block;

  private ColumnLoops(
      LoopSource source, Call.Reduce call, Frame frame, Access[] accesses, int pitch) {
    List<ReduceGroups.Group> groups = ReduceGroups.of(call);
    this.columns = call.shape().product(call.to(), call.shape().rank());
    int lanes = lanes(source.bits() / Float.SIZE, groups);
    int vectors = (columns + lanes - 1) / lanes;
    this.padded = vectors * lanes;
    this.operands =
        new LoopOperands(
            call.inputs(),
            accesses,
            frame,
            padded,
            columns,
            padded,
            i -> false,
            pitch * call.outputs().size());
    for (int i = 0; i < accesses.length; i++) {
      if (operands.slot(i).place() == Place.MOVING) {
        moving.add(operands.slot(i));
      }
    }
    LoopCode.Sink sink = ReduceGroups.sink(call.kind());
    for (ReduceGroups.Group group : groups) {
      int most = mostVectors(group);
      int passes = (vectors + most - 1) / most;
      boolean pitched = passes > 1 || padded > columns;
      for (int pass = 0; pass < passes; pass++) {
        int first = pass * vectors / passes;
        int count = (pass + 1) * vectors / passes - first;
        loops.add(bind(source, group, sink, lanes, first, count, pitched, pitch));
      }
    }
    this.block = loops.size() == 1 ? Integer.MAX_VALUE : Math.max(FEWEST_ROWS, BLOCK / columns);
  }

  /** The loops of a call, where every operand moves along the rows or is the same in each. */
  static Optional<ReduceLoops> of(LoopSource source, Call.Reduce call, Frame frame, int pitch) {
    int columns = call.shape().product(call.to(), call.shape().rank());
    Access[] accesses = Access.of(call.shape(), call.inputs());
    boolean suits =
        columns <= pitch
            && Arrays.stream(accesses)
                .allMatch(access ->
                    switch (access.kind()) {
                      case LINEAR, UNIFORM -> true;
                      case PERIODIC -> columns % access.period() == 0;
                      case STRIDED -> false;
                    });
    return suits
        ? Optional.of(new ColumnLoops(source, call, frame, accesses, pitch))
        : Optional.empty();
  }

  /**
   * The fewest lanes that hold a row; the functions of more than one instruction have one width.
   */
  private int lanes(int widest, List<ReduceGroups.Group> groups) {
    boolean simple =
        groups.stream()
            .flatMap(group -> group.piece().expr().steps().stream())
            .allMatch(step ->
                switch (step.fn()) {
                  case EXP, LOG, TANH, SIGMOID -> false;
                  default -> true;
                });
    int lanes = widest;
    while (simple && lanes > FEWEST_LANES && 2 * columns <= lanes) {
      lanes /= 2;
    }
    return lanes;
  }

  private static int mostVectors(ReduceGroups.Group group) {
    int cost = Math.max(1, LoopCode.cost(group.piece().expr()));
    int results = group.piece().results().length;
    int most = Math.min(MOST_CHAINS / results, LoopCode.LARGEST / cost);
    return Math.max(1, Math.min(MOST_VECTORS, most));
  }

  private LoopSlot.Bound bind(
      LoopSource source,
      ReduceGroups.Group group,
      LoopCode.Sink sink,
      int lanes,
      int first,
      int vectors,
      boolean pitched,
      int pitch) {
    List<LoopSlot> slots = new ArrayList<>();
    for (int input : group.piece().sources()) {
      slots.add(operands.slot(input).shifted(first * lanes));
    }
    List<LoopCode.Source> sources = slots.stream().map(LoopSlot::source).toList();
    for (int r = 0; r < group.piece().results().length; r++) {
      int chains = (group.first() + r) * pitch + first * lanes;
      slots.add(LoopSlot.own(Place.ROW, chains, 1));
    }
    LoopCode code =
        new LoopCode(
            group.piece().expr(), sources, sink, vectors, vectors, pitched, lanes * Float.SIZE);
    return new LoopSlot.Bound(source.loop(code), slots.toArray(LoopSlot[]::new));
  }

  @Override
  public boolean ready(int points) {
    boolean ready = true;
    for (LoopSlot.Bound bound : loops) {
      ready &= bound.loop().ready(points);
    }
    return ready;
  }

  @Override
  public int fileSize() {
    return operands.fileSize();
  }

  @Override
  public void begin(float[] own, int from) {
    operands.beginRange(from, own);
  }

  @Override
  public int take(float[] own, int from, int p, int n) {
    int rows = readable(p, n);
    for (int r = 0; r < rows; r += Math.min(block, rows - r)) {
      int count = Math.min(block, rows - r);
      for (LoopSlot.Bound bound : loops) {
        int[] at = new int[bound.slots().length];
        bound.locate(p + r * columns, from, at);
        bound.loop().loop().run(count, columns, bound.arrays(own), at);
      }
    }
    return rows;
  }

  /** Rows of which whole vectors can be read without leaving an array. */
  private int readable(int p, int n) {
    int rows = n;
    if (padded > columns) {
      for (LoopSlot slot : moving) {
        int room = slot.home().length - padded - slot.start() - p;
        rows = room < 0 ? 0 : Math.min(rows, room / columns + 1);
      }
    }
    return rows;
  }
}
