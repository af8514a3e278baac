package espalier.kernels.cpu;

import espalier.kernels.cpu.LoopSlot.Place;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The compiled loops of a {@link Call.Map} and where their operands lie. */
final class MapLoops {
  /*
   * An expression too large for one loop is cut, and what goes from piece to piece lies in rows of
   * a chunk; an input that a piece overwrites before another reads it is copied to a row first. One
   * loop without rows of chunks takes a range at once.
   */

  /** Points of a chunk, about. */
  private static final int CHUNK = 1024;

  private final LoopSource source;
  private final Call.Map call;
  private final Frame frame;
  private final Expr expr;
  private final Access[] accesses;
  private final LoopSlot[] values;
  private final LoopOperands operands;
  private final List<LoopSlot.Bound> loops = new ArrayList<>();
  private final LoopRounds rounds;
  private final int lanes;
  private final int chunk;

  MapLoops(LoopSource source, Call.Map call, Frame frame) {
    this.source = source;
    this.call = call;
    this.frame = frame;
    this.expr = call.expr();
    this.lanes = source.bits() / Float.SIZE;
    this.accesses = Access.of(call.shape(), call.inputs());
    this.values = new LoopSlot[expr.values()];
    this.rounds = LoopRounds.of(accesses, lanes, lanes);
    int round = rounds.vectors() * lanes;
    this.chunk = CHUNK / round * round;
    List<ExprPieces.Piece> pieces =
        ExprPieces.of(expr, this::loadCost, LoopCode.LARGEST / rounds.vectors());
    this.operands =
        new LoopOperands(
            call.inputs(),
            accesses,
            frame,
            round,
            rounds.longest(),
            chunk,
            i -> isOverwritten(i, pieces),
            0);
    for (int i = 0; i < accesses.length; i++) {
      values[i] = operands.slot(i);
    }
    for (ExprPieces.Piece piece : pieces) {
      loops.add(bind(piece));
    }
  }

  private int loadCost(int input) {
    return accesses[input].kind() == Access.Kind.LINEAR ? 1 : 0;
  }

  /** Whether a result is stored in place of an input before the last piece that reads it. */
  private boolean isOverwritten(int i, List<ExprPieces.Piece> pieces) {
    int lastRead = -1;
    int written = pieces.size();
    for (int g = 0; g < pieces.size(); g++) {
      if (contains(pieces.get(g).sources(), i)) {
        lastRead = g;
      }
      for (int r = 0; r < call.outputs().size(); r++) {
        boolean stored = contains(pieces.get(g).results(), expr.results().get(r));
        if (stored && written > g && isSame(call.outputs().get(r), call.inputs().get(i))) {
          written = g;
        }
      }
    }
    return written < lastRead;
  }

  @SuppressWarnings("ReferenceEquality") // Whether two names mean the same array is the question.
  private boolean isSame(Ref output, Operand input) {
    return frame.array(output) == frame.array(input.ref())
        && frame.at(output) == frame.at(input.ref());
  }

  private static boolean contains(int[] values, int value) {
    return Arrays.stream(values).anyMatch(v -> v == value);
  }

  private LoopSlot.Bound bind(ExprPieces.Piece piece) {
    List<LoopSlot> slots = new ArrayList<>();
    for (int value : piece.sources()) {
      slots.add(values[value]);
    }
    List<LoopCode.Source> sources = slots.stream().map(LoopSlot::source).toList();
    boolean[] stored = new boolean[call.outputs().size()];
    for (int value : piece.results()) {
      LoopSlot slot = placeResult(value, stored);
      slots.add(slot);
      if (value >= expr.inputs()) {
        values[value] = slot;
      }
    }
    int vectors = sources.contains(LoopCode.Source.REPEATED) ? rounds.vectors() : 1;
    LoopCode code =
        new LoopCode(piece.expr(), sources, LoopCode.Sink.STORE, vectors, 0, false, source.bits());
    return new LoopSlot.Bound(source.loop(code), slots.toArray(LoopSlot[]::new));
  }

  /**
   * The first output of {@code value} that has nothing stored to it yet, a row if there is none.
   */
  private LoopSlot placeResult(int value, boolean[] stored) {
    for (int r = 0; r < stored.length; r++) {
      if (expr.results().get(r) == value && !stored[r]) {
        stored[r] = true;
        Ref output = call.outputs().get(r);
        return new LoopSlot(Place.MOVING, frame.array(output), frame.at(output), 1);
      }
    }
    return LoopSlot.own(Place.ROW, operands.newRow(chunk), 1);
  }

  /** Whether all loops are ready to run; counts the wish to run them over {@code points}. */
  boolean ready(int points) {
    boolean ready = true;
    for (LoopSlot.Bound bound : loops) {
      ready &= bound.loop().ready(points);
    }
    return ready;
  }

  /** Floats of its own that a thread needs. */
  int fileSize() {
    return operands.fileSize();
  }

  /**
   * Evaluates the whole rounds of points that begin at {@code from}, with loops that are ready.
   *
   * @param own the thread's memory
   * @return the first point that is left
   */
  int run(float[] own, int from, int to) {
    int end = to - (to - from) % (rounds.vectors() * lanes);
    operands.beginRange(from, own);
    float[][][] arrays = new float[loops.size()][][];
    int[][] at = new int[loops.size()][];
    for (int g = 0; g < arrays.length; g++) {
      arrays[g] = loops.get(g).arrays(own);
      at[g] = new int[arrays[g].length];
    }
    int step = takesRange() ? end - from : chunk;
    for (int p = from; p < end; p += step) {
      int n = Math.min(step, end - p);
      operands.beginChunk(p, own);
      for (int g = 0; g < arrays.length; g++) {
        LoopSlot.Bound bound = loops.get(g);
        bound.locate(p, from, at[g]);
        int round = bound.loop().code().vectors() * lanes;
        bound.loop().loop().run(n / round, round, arrays[g], at[g]);
      }
    }
    return end;
  }

  private boolean takesRange() {
    return loops.size() == 1
        && !operands.haveChunks()
        && Arrays.stream(loops.getFirst().slots()).noneMatch(s -> s.place() == Place.PERIODIC);
  }
}
