package espalier.kernels.cpu;

import espalier.kernels.cpu.LoopSlot.Place;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Split;
import java.util.ArrayList;
import java.util.List;

/** Compiled reductions along the innermost axis, whose chains are the 16 lanes. */
final class LaneLoops implements ReduceLoops {
  private static final int PART = Split.ofReduction(1).length();

  private final List<LoopSlot.Bound> loops = new ArrayList<>();
  private final LoopOperands operands;
  private final int lanes;
  private final int round;

  /**
   * The loops of a call.
   *
   * @param pitch floats from the chains of one result to those of the next
   */
  LaneLoops(LoopSource source, Call.Reduce call, Frame frame, int pitch) {
    this.lanes = source.bits() / Float.SIZE;
    Access[] accesses = Access.of(call.shape(), call.inputs());
    List<ReduceGroups.Group> groups = ReduceGroups.of(call);
    LoopRounds rounds = rounds(accesses, groups);
    this.round = rounds.vectors() * lanes;
    this.operands =
        new LoopOperands(
            call.inputs(),
            accesses,
            frame,
            round,
            rounds.longest(),
            PART,
            i -> false,
            pitch * call.outputs().size());
    for (ReduceGroups.Group group : groups) {
      List<LoopSlot> slots = new ArrayList<>();
      for (int input : group.piece().sources()) {
        slots.add(operands.slot(input));
      }
      List<LoopCode.Source> sources = slots.stream().map(LoopSlot::source).toList();
      for (int r = 0; r < group.piece().results().length; r++) {
        slots.add(LoopSlot.own(Place.ROW, (group.first() + r) * pitch, 1));
      }
      LoopCode code =
          new LoopCode(
              group.piece().expr(),
              sources,
              ReduceGroups.sink(call.kind()),
              rounds.vectors(),
              Lanes.COUNT / lanes,
              false,
              source.bits());
      loops.add(new LoopSlot.Bound(source.loop(code), slots.toArray(LoopSlot[]::new)));
    }
  }

  /** Rounds that fill a part; those of the lanes alone where periods would make others. */
  private LoopRounds rounds(Access[] accesses, List<ReduceGroups.Group> groups) {
    LoopRounds rounds = LoopRounds.of(accesses, Lanes.COUNT, lanes);
    int cost = 0;
    for (ReduceGroups.Group group : groups) {
      cost = Math.max(cost, LoopCode.cost(group.piece().expr()));
    }
    boolean fits =
        PART % (rounds.vectors() * lanes) == 0 && rounds.vectors() * cost <= LoopCode.LARGEST;
    return fits ? rounds : new LoopRounds(Lanes.COUNT / lanes, 0);
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
    int count = n / round;
    if (count == 0) {
      return 0;
    }
    operands.beginChunk(p, own);
    for (LoopSlot.Bound bound : loops) {
      int[] at = new int[bound.slots().length];
      bound.locate(p, from, at);
      bound.loop().loop().run(count, round, bound.arrays(own), at);
    }
    return count * round;
  }
}
