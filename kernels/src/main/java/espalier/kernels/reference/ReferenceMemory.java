package espalier.kernels.reference;

import espalier.kernels.spi.BackendOptions.AllocationListener;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arrays of one store. Sizes are told as the memory figures count them, four bytes an element,
 * although doubles take eight here.
 */
final class ReferenceMemory {
  private static final String ARENA = "arena";

  private final AllocationListener listener;
  private final Map<String, DoubleCells> numbers = new LinkedHashMap<>();
  private final Map<String, IntCells> integers = new LinkedHashMap<>();
  private double[] numberArena = {};
  private int[] integerArena = {};
  private int expectedNumbers;
  private int expectedIntegers;
  private long bytes;

  ReferenceMemory(AllocationListener listener) {
    this.listener = listener;
  }

  long bytes() {
    return bytes;
  }

  void declare(String variable, DType type, int elements) {
    if (numbers.containsKey(variable) || integers.containsKey(variable)) {
      throw new IllegalArgumentException(
          "variable '" + variable + "': is declared already, expected a new name");
    }
    if (elements < 0) {
      throw new IllegalArgumentException(
          "variable '%s': %d elements, expected 0 or more".formatted(variable, elements));
    }
    switch (type) {
      case F32 -> numbers.put(variable, new DoubleCells(new double[elements], 0, elements));
      case I32 -> integers.put(variable, new IntCells(new int[elements], 0, elements));
    }
    changed(variable, (long) elements * type.bytes());
  }

  /** The variable's whole memory as a buffer. */
  Buffer variable(String name) {
    var home = new Buffer.Home.Variable(name);
    return numbers.containsKey(name)
        ? new Buffer(DType.F32, declared(numbers, name).length(), home)
        : new Buffer(DType.I32, declared(integers, name).length(), home);
  }

  private static <C> C declared(Map<String, C> variables, String name) {
    C cells = variables.get(name);
    if (cells == null) {
      throw new IllegalArgumentException("variable '" + name + "': is not declared");
    }
    return cells;
  }

  /** Whether {@code program} fits into the arenas as they are. */
  boolean holds(Program program) {
    return program.arenaElements(DType.F32) <= numberArena.length
        && program.arenaElements(DType.I32) <= integerArena.length;
  }

  /** When the arenas grow next, they become large enough for {@code program} too. */
  void expect(Program program) {
    expectedNumbers = Math.max(expectedNumbers, program.arenaElements(DType.F32));
    expectedIntegers = Math.max(expectedIntegers, program.arenaElements(DType.I32));
  }

  /** Makes the arenas large enough for {@code program}; what they held is lost. */
  void growFor(Program program) {
    if (program.arenaElements(DType.F32) > numberArena.length) {
      int before = numberArena.length;
      numberArena = new double[Math.max(program.arenaElements(DType.F32), expectedNumbers)];
      changed(ARENA, (long) (numberArena.length - before) * DType.F32.bytes());
    }
    if (program.arenaElements(DType.I32) > integerArena.length) {
      int before = integerArena.length;
      integerArena = new int[Math.max(program.arenaElements(DType.I32), expectedIntegers)];
      changed(ARENA, (long) (integerArena.length - before) * DType.I32.bytes());
    }
  }

  DoubleCells numbers(Buffer buffer) {
    return switch (buffer.home()) {
      case Buffer.Home.Variable(String name) -> declared(numbers, name);
      case Buffer.Home.Arena(int offset) -> new DoubleCells(numberArena, offset, buffer.elements());
    };
  }

  IntCells integers(Buffer buffer) {
    return switch (buffer.home()) {
      case Buffer.Home.Variable(String name) -> declared(integers, name);
      case Buffer.Home.Arena(int offset) -> new IntCells(integerArena, offset, buffer.elements());
    };
  }

  /** A copy of the buffer's values. */
  HostData copyOf(Buffer buffer) {
    return switch (buffer.type()) {
      case F32 -> HostData.of(numbers(buffer).toArray());
      case I32 -> HostData.of(integers(buffer).toArray());
    };
  }

  /** Overwrites the buffer, which has the type and the length of {@code values}. */
  void overwrite(Buffer buffer, HostData values) {
    switch (values) {
      case HostData.Floats(float[] from) -> {
        DoubleCells to = numbers(buffer);
        for (int i = 0; i < from.length; i++) {
          to.set(i, from[i]);
        }
      }
      case HostData.Doubles(double[] from) -> numbers(buffer).copyFrom(from);
      case HostData.Ints(int[] from) -> integers(buffer).copyFrom(from);
    }
  }

  /** Gives everything back. */
  void release() {
    numbers.forEach((name, cells) -> changed(name, -(long) cells.length() * DType.F32.bytes()));
    integers.forEach((name, cells) -> changed(name, -(long) cells.length() * DType.I32.bytes()));
    changed(ARENA, -(long) numberArena.length * DType.F32.bytes());
    changed(ARENA, -(long) integerArena.length * DType.I32.bytes());
    numbers.clear();
    integers.clear();
    numberArena = new double[0];
    integerArena = new int[0];
  }

  private void changed(String variableOrArena, long by) {
    if (by != 0) {
      bytes += by;
      listener.changed(variableOrArena, by);
    }
  }
}
