package espalier.plan;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.ImageCut;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.List;

/**
 * Works out from a program alone when each piece of its arenas holds something that is still
 * wanted, and checks that no two such pieces overlap.
 */
final class ProgramMemory {
  private static final int CACHE_LINE = 16;

  /** Names the scratch memory of a step, which no call reads or writes by name. */
  private static final Ref SCRATCH = new Ref(Integer.MAX_VALUE);

  private final Program program;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * Elements of one arena wanted from the first step to the last, and because of chains all the
   * time from {@code begin} to {@code end}.
   */
  private record Piece(
      Ref ref, DType type, int offset, int size, int first, int last, int begin, int end) {
    boolean overlaps(Piece other) {
      return type == other.type
          && offset < other.offset + other.size
          && other.offset < offset + size;
    }

    boolean livesWith(Piece other) {
      return begin <= other.end && other.begin <= end;
    }

    boolean livesAt(int step) {
      return begin <= step && step <= end;
    }
  }

  private ProgramMemory(Program program) {
    this.program = program;
    for (int id = 0; id < program.buffers().size(); id++) {
      Buffer buffer = program.buffers().get(id);
      if (buffer.home() instanceof Buffer.Home.Arena(int offset) && buffer.elements() > 0) {
        Ref ref = new Ref(id);
        int first = firstWrite(ref);
        int last = Math.max(first, lastUse(ref));
        pieces.add(piece(ref, buffer.type(), offset, buffer.elements(), first, last));
      }
    }
    for (int s = 0; s < program.steps().size(); s++) {
      int scratch = Math.toIntExact(program.steps().get(s).call().scratch());
      if (scratch > 0) {
        int offset = program.steps().get(s).scratchOffset();
        pieces.add(piece(SCRATCH, DType.F32, offset, scratch, s, s));
      }
    }
  }

  /** Checks {@code program}. */
  static void check(Program program) {
    ProgramMemory memory = new ProgramMemory(program);
    memory.checkThatReadsFollowWrites();
    memory.checkThatLivePiecesAreApart();
    memory.checkTheSizeOfTheArenas();
  }

  /** What a step of a chain uses is wanted until the last image is through the chain. */
  private Piece piece(Ref ref, DType type, int offset, int size, int first, int last) {
    int begin = first;
    int end = last;
    for (Program.Chain chain : program.chains()) {
      for (int s = chain.from(); s < chain.to(); s++) {
        Call call = program.steps().get(s).call();
        boolean scratch = ref.equals(SCRATCH) && s == first;
        if (scratch || call.reads().contains(ref) || call.writes().contains(ref)) {
          begin = Math.min(begin, chain.from());
          end = Math.max(end, chain.to() - 1);
        }
      }
    }
    return new Piece(ref, type, offset, size, first, last, begin, end);
  }

  private int firstWrite(Ref ref) {
    if (program.feeds().containsValue(ref)) {
      return -1;
    }
    for (int s = 0; s < program.steps().size(); s++) {
      if (program.steps().get(s).call().writes().contains(ref)) {
        return s;
      }
    }
    throw new AssertionError("buffer " + ref + " is never written");
  }

  private int lastUse(Ref ref) {
    if (program.results().contains(ref)) {
      return program.steps().size();
    }
    int last = -1;
    for (int s = 0; s < program.steps().size(); s++) {
      Call call = program.steps().get(s).call();
      if (call.reads().contains(ref) || call.writes().contains(ref)) {
        last = s;
      }
    }
    return last;
  }

  private void checkThatReadsFollowWrites() {
    for (Piece piece : pieces) {
      for (int s = 0; s < piece.first; s++) {
        assertThat(program.steps().get(s).call().reads()).doesNotContain(piece.ref);
      }
    }
  }

  private void checkThatLivePiecesAreApart() {
    for (int i = 0; i < pieces.size(); i++) {
      Piece a = pieces.get(i);
      assertThat(a.offset + a.size)
          .as("end of %s", a)
          .isLessThanOrEqualTo(program.arenaElements(a.type));
      for (Piece b : pieces.subList(i + 1, pieces.size())) {
        boolean clash = a.overlaps(b) && a.livesWith(b);
        assertThat(clash && !takesOver(a, b) && !takesOver(b, a) && !takeTurns(a, b))
            .as("%s and %s overlap while both are wanted in %s", a, b, program)
            .isFalse();
      }
    }
  }

  /**
   * Whether {@code b} is the output of a pass over {@code a} that reads each element as it writes.
   */
  private boolean takesOver(Piece a, Piece b) {
    if (a.last != b.first || a.offset != b.offset || a.size != b.size || a.last < 0) {
      return false;
    }
    return program.steps().get(a.last).call() instanceof Call.Map map
        && map.outputs().contains(b.ref)
        && map.inputs().stream()
            .filter(operand -> operand.ref().equals(a.ref))
            .allMatch(operand -> elementByElement(map.shape(), operand));
  }

  /** Whether within chains one follows the other image by image in the same place. */
  private boolean takeTurns(Piece a, Piece b) {
    return a.offset == b.offset
        && a.size == b.size
        && (a.last < b.first || b.last < a.first)
        && isCutByImage(a.ref)
        && isCutByImage(b.ref);
  }

  private boolean isCutByImage(Ref ref) {
    for (Program.Chain chain : program.chains()) {
      for (Program.Step step : program.steps().subList(chain.from(), chain.to())) {
        Call call = step.call();
        if ((call.reads().contains(ref) || call.writes().contains(ref))
            && !ImageCut.of(call, chain.images(), r -> program.buffer(r).elements())
                .orElseThrow()
                .perImage()
                .containsKey(ref)) {
          return false;
        }
      }
    }
    return !ref.equals(SCRATCH);
  }

  private static boolean elementByElement(Dims shape, Operand operand) {
    int stride = 1;
    for (int a = shape.rank() - 1; a >= 0; a--) {
      if (shape.get(a) > 1 && operand.strides().get(a) != stride) {
        return false;
      }
      stride *= shape.get(a);
    }
    return true;
  }

  /** No arena is more than half as large again as what is wanted at its fullest step. */
  private void checkTheSizeOfTheArenas() {
    for (DType type : DType.values()) {
      long fullest = 0;
      for (int s = -1; s <= program.steps().size(); s++) {
        int step = s;
        fullest =
            Math.max(
                fullest,
                pieces.stream()
                    .filter(piece -> piece.type == type && piece.livesAt(step))
                    .mapToLong(piece -> (piece.size + CACHE_LINE - 1L) / CACHE_LINE * CACHE_LINE)
                    .sum());
      }
      assertThat((long) program.arenaElements(type)).isLessThanOrEqualTo(fullest + fullest / 2);
    }
  }
}
