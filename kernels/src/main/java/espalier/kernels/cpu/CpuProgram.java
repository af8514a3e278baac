package espalier.kernels.cpu;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A program whose buffers are known to lie inside its arenas. */
final class CpuProgram implements Backend.Compiled {
  private final CpuBackend backend;
  private final Program program;
  private final SortedMap<String, Ref> feeds;

  CpuProgram(CpuBackend backend, Program program) {
    this.backend = backend;
    this.program = program;
    this.feeds = new TreeMap<>(program.feeds());
    for (Buffer buffer : program.buffers()) {
      if (buffer.home() instanceof Buffer.Home.Arena(int offset)) {
        requireInside("buffer", offset, buffer.elements(), program.arenaElements(buffer.type()));
      }
    }
    for (Program.Step step : program.steps()) {
      step.call().reads().forEach(this::requireKnown);
      step.call().writes().forEach(this::requireKnown);
      requireInside(
          "scratch", step.scratchOffset(), step.call().scratch(), program.arenaElements(DType.F32));
    }
    feeds.values().forEach(this::requireKnown);
    program.results().forEach(this::requireKnown);
  }

  @Override
  public Program program() {
    return program;
  }

  /** The backend that compiled it. */
  CpuBackend backend() {
    return backend;
  }

  /** The feeds in order of their names. */
  SortedMap<String, Ref> feeds() {
    return feeds;
  }

  /** Fails unless {@code values} has exactly the program's feeds, in their types and lengths. */
  void requireFeeds(Map<String, HostData> values) {
    feeds.forEach((name, ref) -> {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            "feed '" + name + "': found no value, expected " + described(program.buffer(ref)));
      }
      HostData value = values.get(name);
      Buffer buffer = program.buffer(ref);
      if (value.type() != buffer.type() || value.length() != buffer.elements()) {
        throw new IllegalArgumentException(
            "feed '%s': found %d elements of %s, expected %s"
                .formatted(name, value.length(), value.type(), described(buffer)));
      }
    });
    if (values.size() != feeds.size()) {
      List<String> unknown =
          values.keySet().stream().filter(name -> !feeds.containsKey(name)).sorted().toList();
      throw new IllegalArgumentException(
          "feeds: found %s, which the program does not have, expected %s"
              .formatted(unknown, feeds.keySet()));
    }
  }

  private static String described(Buffer buffer) {
    return buffer.elements() + " elements of " + buffer.type();
  }

  private static void requireInside(String what, int offset, long elements, int arena) {
    if (elements > 0 && (offset < 0 || offset + elements > arena)) {
      throw new IllegalArgumentException(
          "program: %s at %d … %d lies outside the arena of %d elements"
              .formatted(what, offset, offset + elements, arena));
    }
  }

  private void requireKnown(Ref ref) {
    if (ref.id() >= program.buffers().size()) {
      throw new IllegalArgumentException(
          "program: a call names buffer %d, but there are %d"
              .formatted(ref.id(), program.buffers().size()));
    }
  }
}
