package espalier.kernels;

import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Lays a program out as unkindly as the seam allows: buffers at odd offsets of the arena or in
 * variables, guards between them, outputs and scratch memory full of NaN.
 */
final class KernelCaseBuilder {
  private static final float GUARD = 77;
  private static final int GUARD_LABEL = 0x600DBEEF;
  private static final int WIDEST_GUARD = 7;

  private final SplittableRandom random;
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Program.Step> steps = new ArrayList<>();
  private final Map<String, HostData> feeds = new LinkedHashMap<>();
  private final Map<String, Ref> feedRefs = new LinkedHashMap<>();
  private final Map<String, HostData> variables = new LinkedHashMap<>();
  private final Set<Ref> written = new LinkedHashSet<>();
  private final Set<Ref> free = new LinkedHashSet<>();
  private final Map<DType, Integer> arenaEnds = new EnumMap<>(DType.class);

  KernelCaseBuilder(long seed) {
    this.random = new SplittableRandom(seed);
    for (DType type : DType.values()) {
      arenaEnds.put(type, 0);
    }
  }

  /** Name under which the arena buffer {@code ref} is fed. */
  static String feedName(Ref ref) {
    return "feed" + ref.id();
  }

  /** A generator for the case's values. */
  SplittableRandom random() {
    return random;
  }

  /** A buffer with these values, in the arena or a variable. */
  Ref input(float... values) {
    return place(HostData.of(values));
  }

  /** A buffer with these integers, in the arena or a variable. */
  Ref labels(int... values) {
    return place(HostData.of(values));
  }

  /** A buffer the program is expected to overwrite. */
  Ref output(int elements) {
    float[] garbage = new float[elements];
    Arrays.fill(garbage, Float.NaN);
    return place(HostData.of(garbage));
  }

  /** Another name for the memory of {@code ref}. */
  Ref alias(Ref ref) {
    buffers.add(buffers.get(ref.id()));
    return new Ref(buffers.size() - 1);
  }

  /** Appends a call, with scratch memory of its own. */
  KernelCaseBuilder call(Call call) {
    written.addAll(call.writes());
    int scratchOffset = 0;
    if (call.scratch() > 0) {
      float[] garbage = new float[Math.toIntExact(call.scratch())];
      Arrays.fill(garbage, Float.NaN);
      scratchOffset = arenaEnd(DType.F32);
      free.add(placeInArena(HostData.of(garbage)));
      guard(DType.F32);
    }
    steps.add(new Program.Step(call, scratchOffset));
    return this;
  }

  KernelCase within(ErrorBound bound) {
    List<Ref> all = new ArrayList<>();
    for (int i = 0; i < buffers.size(); i++) {
      all.add(new Ref(i));
    }
    for (int i = 0; i < buffers.size(); i++) {
      Buffer buffer = buffers.get(i);
      if (written.stream().anyMatch(ref -> buffers.get(ref.id()).equals(buffer))) {
        written.add(new Ref(i));
      }
    }
    return new KernelCase(
        new Program(buffers, steps, feedRefs, all, arenaEnds),
        feeds,
        variables,
        written,
        free,
        bound);
  }

  private Ref place(HostData values) {
    if (random.nextInt(4) == 0) {
      String name = "variable" + buffers.size();
      variables.put(name, values);
      return add(values, new Buffer.Home.Variable(name));
    }
    guard(values.type());
    Ref ref = placeInArena(values);
    guard(values.type());
    return ref;
  }

  private void guard(DType type) {
    int width = 1 + random.nextInt(WIDEST_GUARD);
    switch (type) {
      case F32 -> {
        float[] guard = new float[width];
        Arrays.fill(guard, GUARD);
        placeInArena(HostData.of(guard));
      }
      case I32 -> {
        int[] guard = new int[width];
        Arrays.fill(guard, GUARD_LABEL);
        placeInArena(HostData.of(guard));
      }
    }
  }

  private Ref placeInArena(HostData values) {
    int offset = arenaEnd(values.type());
    arenaEnds.put(values.type(), offset + values.length());
    Ref ref = add(values, new Buffer.Home.Arena(offset));
    feeds.put(feedName(ref), values);
    feedRefs.put(feedName(ref), ref);
    return ref;
  }

  private int arenaEnd(DType type) {
    return arenaEnds.getOrDefault(type, 0);
  }

  private Ref add(HostData values, Buffer.Home home) {
    buffers.add(new Buffer(values.type(), values.length(), home));
    return new Ref(buffers.size() - 1);
  }
}
