package espalier.kernels.cpu;

import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Ref;
import java.util.Arrays;
import java.util.List;

/**
 * Where each value of an expression lies while a chunk of points is evaluated: in the memory of an
 * input or an output, or in a row of the register file.
 */
final class ExprPlan {
  /*
   * Constants and operands repeated over the points get a row each that is filled once per part of
   * the work and read by every chunk; a periodic row is one period longer than a chunk, so that any
   * phase is a place to start. The other rows are handed out step by step and return after their
   * last use; a step may write over its operand. Steps that are results write straight to the
   * output. An output may be the memory of an input: where it is written before the input's last
   * use, the input is copied to a row first.
   */

  /** How a value is found for the chunk that starts at point {@code p}. */
  enum Place {
    /** At element {@code p} of an input or output. */
    MOVING,
    /** At {@code start} of the register file, filled once. */
    CONSTANT,
    /** At {@code start + p mod period} of the register file, filled once. */
    PERIODIC,
    /** At {@code start} of the register file, copied there for each chunk. */
    GATHERED,
    /** At {@code start} of the register file, computed there for each chunk. */
    COMPUTED,
    /** Nowhere: it never leaves the loop that uses it. */
    NONE
  }

  /** Points of a chunk at most. */
  static final int LONGEST_CHUNK = 1024;

  private static final int SHORTEST_CHUNK = 256;

  /** Floats of a register file that stays in the first-level cache beside the operands. */
  private static final int FILE = 6144;

  /** Floats between rows that keep them out of each other's cache sets. */
  private static final int GAP = 16;

  private static final int UNUSED = -1;

  private final Expr expr;
  private final List<ExprCode.Op> code;
  private final Home[] inputs;
  private final Access[] accesses;
  private final int[] lastUse;
  private final Place[] places;
  private final int[] starts;
  private final Home[] homes;
  private final int chunk;
  private int fileSize;

  /**
   * Plans {@code expr} over {@code shape}.
   *
   * @param outputs where results are stored, one each; empty if they are to stay in the register
   *     file
   */
  ExprPlan(Dims shape, Expr expr, List<Operand> operands, List<Ref> outputs, Frame frame) {
    int values = expr.values();
    this.expr = expr;
    this.code = ExprCode.of(expr);
    this.inputs = new Home[expr.inputs()];
    this.accesses = new Access[expr.inputs()];
    this.places = new Place[values];
    this.starts = new int[values];
    this.homes = new Home[values];
    Arrays.fill(homes, Home.NONE);
    this.lastUse = lastUses();
    for (int i = 0; i < expr.inputs(); i++) {
      Operand operand = operands.get(i);
      inputs[i] = frame.home(operand.ref());
      accesses[i] = new Access(shape, operand.strides());
    }
    placeOutputs(outputs, frame);
    placeInputs();
    placeConstants();
    this.chunk = chunkFor(shape.product());
    giveRows();
  }

  /** For each value the loop that reads it last, the number of loops if it is a result. */
  private int[] lastUses() {
    int[] last = new int[expr.values()];
    Arrays.fill(last, UNUSED);
    for (int s = 0; s < code.size(); s++) {
      for (int read : code.get(s).reads()) {
        last[read] = s;
      }
    }
    for (int result : expr.results()) {
      last[result] = code.size();
    }
    return last;
  }

  private void placeOutputs(List<Ref> outputs, Frame frame) {
    for (int r = 0; r < outputs.size(); r++) {
      Home output = frame.home(outputs.get(r));
      int value = expr.results().get(r);
      boolean direct = value >= expr.inputs() && places[value] == null;
      if (direct) {
        places[value] = Place.MOVING;
        homes[value] = output;
      }
      int written = direct ? loopOf(value) : code.size();
      for (int i = 0; i < expr.inputs(); i++) {
        boolean same = inputs[i].isThatOf(output);
        boolean stored = written == code.size() && value != i && lastUse[i] == written;
        if (same && (lastUse[i] > written || stored)) {
          places[i] = Place.GATHERED;
        }
      }
    }
  }

  private int loopOf(int value) {
    int s = 0;
    while (code.get(s).value() != value) {
      s++;
    }
    return s;
  }

  private void placeInputs() {
    for (int i = 0; i < expr.inputs(); i++) {
      if (places[i] == null) {
        places[i] =
            switch (accesses[i].kind()) {
              case LINEAR -> Place.MOVING;
              case UNIFORM -> Place.CONSTANT;
              case PERIODIC ->
                  accesses[i].period() <= LONGEST_CHUNK ? Place.PERIODIC : Place.GATHERED;
              case STRIDED -> Place.GATHERED;
            };
      }
      homes[i] = inputs[i];
    }
  }

  private void placeConstants() {
    for (ExprCode.Op op : code) {
      if (op instanceof ExprCode.Constant(float number, int value) && places[value] == null) {
        places[value] = Place.CONSTANT;
      }
    }
  }

  /** The longest power of two whose rows fit the cache, for as many rows as could be needed. */
  private int chunkFor(int points) {
    int rows = rowsInUse();
    int length = LONGEST_CHUNK;
    while (length > SHORTEST_CHUNK && (rows * length > FILE || length >= 2 * points)) {
      length /= 2;
    }
    return length;
  }

  private int rowsInUse() {
    int rows = 0;
    for (int i = 0; i < expr.inputs(); i++) {
      rows += places[i] == Place.MOVING ? 0 : 1;
    }
    int most = rows;
    for (int s = 0; s < code.size(); s++) {
      rows += places[code.get(s).value()] == Place.MOVING ? 0 : 1;
      most = Math.max(most, rows);
      rows -= freedBy(s).length;
    }
    return most;
  }

  /** The values whose rows are free when loop {@code s} is done, which may write over them. */
  private int[] freedBy(int s) {
    return Arrays.stream(code.get(s).reads())
        .distinct()
        .filter(value -> lastUse[value] == s && isTemporary(value))
        .toArray();
  }

  private boolean isTemporary(int value) {
    return value < expr.inputs()
        ? places[value] == Place.GATHERED
        : places[value] != Place.MOVING && places[value] != Place.CONSTANT;
  }

  private void giveRows() {
    int[] free = new int[expr.values()];
    int freeRows = 0;
    for (int i = 0; i < expr.inputs(); i++) {
      if (places[i] != Place.MOVING) {
        starts[i] = newRow(places[i] == Place.PERIODIC ? accesses[i].period() : 0);
      }
    }
    for (int s = 0; s < code.size(); s++) {
      int value = code.get(s).value();
      for (int freed : freedBy(s)) {
        free[freeRows++] = starts[freed];
      }
      if (places[value] == null) {
        places[value] = Place.COMPUTED;
        starts[value] = freeRows > 0 ? free[--freeRows] : newRow(0);
      } else if (places[value] == Place.CONSTANT) {
        starts[value] = newRow(0);
      }
    }
    for (int value = 0; value < places.length; value++) {
      if (places[value] == null) {
        places[value] = Place.NONE;
      }
    }
  }

  private int newRow(int more) {
    int start = fileSize;
    fileSize += chunk + more + GAP;
    return start;
  }

  Expr expr() {
    return expr;
  }

  /** The loops that evaluate a chunk. */
  List<ExprCode.Op> code() {
    return code;
  }

  /** Points of a chunk. */
  int chunk() {
    return chunk;
  }

  /** Floats of the register file. */
  int fileSize() {
    return fileSize;
  }

  /** Where {@code value} is found. */
  Place place(int value) {
    return places[value];
  }

  /** The offset that {@link Place} speaks of. */
  int start(int value) {
    return starts[value];
  }

  /** The memory of an input or output that holds a {@link Place#MOVING} value. */
  Home home(int value) {
    return homes[value];
  }

  /** The memory an input is read from. */
  Home input(int i) {
    return inputs[i];
  }

  /** How an input is walked. */
  Access access(int i) {
    return accesses[i];
  }
}
