package espalier.core.plan;

import espalier.core.tensor.Shape;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A program before its buffers have places: calls over numbered buffers, from which lifetimes
 * follow. Calls are appended in order; {@link #program} then shares memory and fixes offsets.
 */
final class Draft {
  private final List<Slot> slots = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  /** A buffer without a place yet; {@code variable} is empty for one in the arena. */
  private static final class Slot {
    final DType type;
    final int elements;
    String variable;
    int lastRead = -1;
    int lastWrite = -1;
    Lifetime lifetime = new Lifetime();

    Slot(DType type, int elements, String variable) {
      this.type = type;
      this.elements = elements;
      this.variable = variable;
    }
  }

  /** Steps during which some memory is in use; shared by buffers that take it over in place. */
  private static final class Lifetime {
    int first = Integer.MAX_VALUE;
    int last = -1;

    void use(int step) {
      first = Math.min(first, step);
      last = Math.max(last, step);
    }
  }

  Ref arena(DType type, int elements) {
    slots.add(new Slot(type, elements, ""));
    return new Ref(slots.size() - 1);
  }

  Ref variable(String name, int elements) {
    slots.add(new Slot(DType.F32, elements, name));
    return new Ref(slots.size() - 1);
  }

  int elements(Ref ref) {
    return slots.get(ref.id()).elements;
  }

  DType type(Ref ref) {
    return slots.get(ref.id()).type;
  }

  boolean isVariable(Ref ref) {
    return !slots.get(ref.id()).variable.isEmpty();
  }

  void emit(Call call) {
    int step = calls.size();
    calls.add(call);
    call.reads().forEach(ref -> slots.get(ref.id()).lastRead = step);
    call.writes().forEach(ref -> slots.get(ref.id()).lastWrite = step);
  }

  /**
   * Lets the pass that writes {@code value} write the variable itself, where nothing reads the
   * variable's old value later. Answers whether it could.
   */
  boolean writeInPlace(Ref value, Ref variable) {
    Slot slot = slots.get(value.id());
    int writer = slot.lastWrite;
    if (!slot.variable.isEmpty()
        || writer < 0
        || !(calls.get(writer) instanceof Call.Map map)
        || slots.get(variable.id()).lastRead > writer) {
      return false;
    }
    if (map.reads().contains(variable) && !readsOnlyInStep(map, variable)) {
      return false;
    }
    slot.variable = slots.get(variable.id()).variable;
    return true;
  }

  /** Whether the pass reads {@code ref} just where it writes, so that overwriting it is safe. */
  private static boolean readsOnlyInStep(Call.Map map, Ref ref) {
    return map.inputs().stream()
        .filter(operand -> operand.ref().equals(ref))
        .allMatch(operand -> operand.strides().equals(contiguous(map)));
  }

  private static Dims contiguous(Call.Map map) {
    Shape shape = new Shape(map.shape());
    return shape.stridesOver(shape);
  }

  /** Joins calls where it pays, and gives every buffer its place. */
  Program program(Map<String, Ref> feeds, List<Ref> results) {
    List<Call> joined = SharedSums.join(calls, this::elements);
    calls.clear();
    calls.addAll(joined);
    for (int s = 0; s < calls.size(); s++) {
      for (Ref ref : calls.get(s).reads()) {
        slots.get(ref.id()).lifetime.use(s);
      }
      for (Ref ref : calls.get(s).writes()) {
        slots.get(ref.id()).lifetime.use(s);
      }
    }
    feeds.values().forEach(ref -> slots.get(ref.id()).lifetime.use(-1));
    for (Ref ref : results) {
      slots.get(ref.id()).lifetime.use(calls.size());
    }
    shareInPlace();
    List<Program.Chain> chains =
        ImageChains.of(calls, this::elements, ref -> memory(slots.get(ref.id())));
    chains.forEach(this::keepTogether);
    return place(feeds, results, chains);
  }

  /** What the buffer shares with others that lie in its memory. */
  private static Object memory(Slot slot) {
    return slot.variable.isEmpty() ? slot.lifetime : slot.variable;
  }

  /** Steps that run image by image all need their memory until the last image is through. */
  private void keepTogether(Program.Chain chain) {
    for (int s = chain.from(); s < chain.to(); s++) {
      Call call = calls.get(s);
      Stream.concat(call.reads().stream(), call.writes().stream())
          .map(ref -> slots.get(ref.id()).lifetime)
          .forEach(life -> {
            life.use(chain.from());
            life.use(chain.to() - 1);
          });
    }
  }

  /** Lets the output of a pass take over an operand of its size that nothing reads afterwards. */
  private void shareInPlace() {
    for (int s = 0; s < calls.size(); s++) {
      if (calls.get(s) instanceof Call.Map map) {
        Slot out = slots.get(map.outputs().getFirst().id());
        if (!out.variable.isEmpty()) {
          continue;
        }
        for (Ref ref : map.reads()) {
          Slot in = slots.get(ref.id());
          if (in.variable.isEmpty()
              && in.lifetime != out.lifetime
              && in.lifetime.last == s
              && in.elements == out.elements
              && readsOnlyInStep(map, ref)) {
            in.lifetime.use(out.lifetime.last);
            out.lifetime = in.lifetime;
            break;
          }
        }
      }
    }
  }

  private Program place(Map<String, Ref> feeds, List<Ref> results, List<Program.Chain> chains) {
    Map<DType, Arena> arenas = new TreeMap<>();
    IdentityHashMap<Lifetime, Arena.Block> blocks = new IdentityHashMap<>();
    for (Slot slot : slots) {
      if (slot.variable.isEmpty() && slot.lifetime.last >= slot.lifetime.first) {
        blocks.computeIfAbsent(
            slot.lifetime,
            life ->
                arenas
                    .computeIfAbsent(slot.type, type -> new Arena())
                    .block(slot.elements, life.first, life.last));
      }
    }
    Map<Integer, Arena.Block> scratch = new LinkedHashMap<>();
    Lifetime[] steps = lifetimes(chains);
    for (int s = 0; s < calls.size(); s++) {
      if (calls.get(s).scratch() > 0) {
        scratch.put(
            s,
            arenas
                .computeIfAbsent(DType.F32, type -> new Arena())
                .block(Math.toIntExact(calls.get(s).scratch()), steps[s].first, steps[s].last));
      }
    }
    Map<DType, Integer> sizes = new TreeMap<>();
    arenas.forEach((type, arena) -> sizes.put(type, arena.place()));
    List<Buffer> buffers = new ArrayList<>();
    for (Slot slot : slots) {
      Arena.Block block = blocks.get(slot.lifetime);
      Buffer.Home home =
          slot.variable.isEmpty()
              ? new Buffer.Home.Arena(block == null ? 0 : block.offset())
              : new Buffer.Home.Variable(slot.variable);
      boolean used = !slot.variable.isEmpty() || block != null;
      buffers.add(new Buffer(slot.type, used ? slot.elements : 0, home));
    }
    List<Program.Step> placed = new ArrayList<>();
    for (int s = 0; s < calls.size(); s++) {
      Arena.Block block = scratch.get(s);
      placed.add(new Program.Step(calls.get(s), block == null ? 0 : block.offset()));
    }
    return new Program(buffers, placed, feeds, results, sizes, chains);
  }

  /** When each step runs: all the time its chain does. */
  private Lifetime[] lifetimes(List<Program.Chain> chains) {
    Lifetime[] steps = new Lifetime[calls.size()];
    for (int s = 0; s < steps.length; s++) {
      steps[s] = new Lifetime();
      steps[s].use(s);
    }
    for (Program.Chain chain : chains) {
      for (int s = chain.from(); s < chain.to(); s++) {
        steps[s].use(chain.from());
        steps[s].use(chain.to() - 1);
      }
    }
    return steps;
  }
}
