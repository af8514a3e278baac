package espalier.kernels.cpu;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Store;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/** Variables and arenas as arrays, and where each program found its buffers in them. */
final class CpuStore implements Store {
  private final CpuBackend backend;
  private final Map<String, Block> variables = new LinkedHashMap<>();
  private final Map<DType, Block> arenas = new EnumMap<>(DType.class);

  /** Elements that the largest announced program wants of each arena. */
  private final Map<DType, Integer> expected = new EnumMap<>(DType.class);

  /** Each program bound to this memory, until an arena is replaced. */
  private final Map<CpuProgram, Binding> bindings = new WeakHashMap<>();

  private long run;
  private boolean closed;

  CpuStore(CpuBackend backend) {
    this.backend = backend;
    for (DType type : DType.values()) {
      arenas.put(type, Block.of(type, 0));
    }
  }

  @Override
  public void declare(String variable, DType type, int elements) {
    requireOpen();
    if (variables.containsKey(variable)) {
      throw new IllegalArgumentException("variable '" + variable + "': is declared twice");
    }
    if (elements < 0) {
      throw new IllegalArgumentException(
          "variable '%s': found %d elements, expected 0 or more".formatted(variable, elements));
    }
    Block block = Block.of(type, elements);
    variables.put(variable, block);
    backend.allocations().changed(variable, block.bytes());
  }

  @Override
  public void write(String variable, HostData values) {
    requireOpen();
    Block block = variable(variable);
    if (values.type() != block.type() || values.length() != block.elements()) {
      throw new IllegalArgumentException(
          "variable '%s': found %d values of %s, expected %d of %s"
              .formatted(variable, values.length(), values.type(), block.elements(), block.type()));
    }
    block.write(0, values);
  }

  @Override
  public HostData read(String variable) {
    requireOpen();
    Block block = variable(variable);
    return block.read(0, block.elements());
  }

  @Override
  public void expect(Backend.Compiled compiled) {
    requireOpen();
    Program program = ours(compiled).program();
    for (DType type : DType.values()) {
      expected.merge(type, program.arenaElements(type), Math::max);
    }
  }

  @Override
  public Results run(Backend.Compiled compiled, Map<String, HostData> feeds) {
    requireOpen();
    CpuProgram program = ours(compiled);
    program.requireFeeds(feeds);
    run++;
    makeRoomFor(program.program());
    Binding binding =
        bindings.computeIfAbsent(
            program,
            p -> new Binding(p.program(), this::block, arena(DType.F32), backend.workers()));
    program
        .feeds()
        .forEach((name, ref) ->
            feed(program.program().buffer(ref), Objects.requireNonNull(feeds.get(name))));
    binding.run(backend.kernels());
    return new RunResults(run, program.program());
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (Block block : variables.values()) {
      bytes += block.bytes();
    }
    for (Block block : arenas.values()) {
      bytes += block.bytes();
    }
    return bytes;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    bindings.clear();
    variables.forEach((name, block) -> backend.allocations().changed(name, -block.bytes()));
    variables.clear();
    for (DType type : DType.values()) {
      release(type);
    }
  }

  private CpuProgram ours(Backend.Compiled compiled) {
    if (!(compiled instanceof CpuProgram program) || program.backend() != backend) {
      throw new IllegalArgumentException(
          "program: was compiled by another backend, expected this " + backend.name());
    }
    return program;
  }

  private void makeRoomFor(Program program) {
    for (DType type : DType.values()) {
      int wanted = program.arenaElements(type);
      if (wanted > arena(type).elements()) {
        bindings.clear();
        release(type);
        Block arena = Block.of(type, Math.max(wanted, expected.getOrDefault(type, 0)));
        arenas.put(type, arena);
        backend.allocations().changed("arena", arena.bytes());
      }
    }
  }

  private void release(DType type) {
    long bytes = arena(type).bytes();
    arenas.put(type, Block.of(type, 0));
    if (bytes > 0) {
      backend.allocations().changed("arena", -bytes);
    }
  }

  private Block arena(DType type) {
    return Objects.requireNonNull(arenas.get(type));
  }

  private Block block(Buffer buffer) {
    return switch (buffer.home()) {
      case Buffer.Home.Arena arena -> arena(buffer.type());
      case Buffer.Home.Variable(String name) -> {
        Block block = variable(name);
        if (block.type() != buffer.type() || block.elements() != buffer.elements()) {
          throw new IllegalArgumentException(
              "variable '%s': holds %d elements of %s, the program expects %d of %s"
                  .formatted(
                      name, block.elements(), block.type(), buffer.elements(), buffer.type()));
        }
        yield block;
      }
    };
  }

  private void feed(Buffer buffer, HostData values) {
    block(buffer).write(Layout.offset(buffer), values);
  }

  private Block variable(String name) {
    Block block = variables.get(name);
    if (block == null) {
      throw new IllegalArgumentException(
          "variable '%s': is not declared, expected one of %s".formatted(name, variables.keySet()));
    }
    return block;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("store: is closed, expected an open one");
    }
    backend.requireOpen();
  }

  private final class RunResults implements Results {
    private final long of;
    private final Program program;

    RunResults(long of, Program program) {
      this.of = of;
      this.program = program;
    }

    @Override
    public HostData read(int index) {
      requireOpen();
      if (of != run) {
        throw new IllegalStateException(
            "result %d: belongs to run %d, but run %d has started".formatted(index, of, run));
      }
      Ref ref = program.results().get(index);
      Buffer buffer = program.buffer(ref);
      return block(buffer).read(Layout.offset(buffer), buffer.elements());
    }
  }
}
