package espalier.kernels;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program with values for its buffers. Every buffer is a result, so that it can be told both what
 * the program wrote and what it left alone.
 *
 * @param program the program; its results are all its buffers in order
 * @param feeds values of the buffers in the arena
 * @param variables values of the buffers that are variables
 * @param written buffers the program writes
 * @param free buffers whose final values mean nothing: scratch memory
 * @param bound how far a float backend may be from the reference
 */
record KernelCase(
    Program program,
    Map<String, HostData> feeds,
    Map<String, HostData> variables,
    Set<Ref> written,
    Set<Ref> free,
    ErrorBound bound) {

  /** Final values of all buffers after a run in a store of its own. */
  List<HostData> runOn(Backend backend) {
    try (Store store = backend.newStore()) {
      variables.forEach((name, values) -> {
        store.declare(name, values.type(), values.length());
        store.write(name, values);
      });
      Store.Results results = store.run(backend.compile(program), feeds);
      List<HostData> finals = new ArrayList<>();
      for (int i = 0; i < program.results().size(); i++) {
        finals.add(results.read(i));
      }
      return finals;
    }
  }

  /** What the buffer holds before the program runs. */
  HostData initial(Ref ref) {
    return switch (program.buffer(ref).home()) {
      case Buffer.Home.Variable(String name) -> given(variables, name);
      case Buffer.Home.Arena arena -> given(feeds, KernelCaseBuilder.feedName(ref));
    };
  }

  private static HostData given(Map<String, HostData> values, String name) {
    HostData found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException(name + " has no initial values");
    }
    return found;
  }

  /** The same case with the absolute values of {@code linear}: its results are Σ|terms|. */
  KernelCase withMagnitudesOf(List<Ref> linear) {
    Map<String, HostData> newFeeds = new LinkedHashMap<>(feeds);
    Map<String, HostData> newVariables = new LinkedHashMap<>(variables);
    for (Ref ref : linear) {
      HostData magnitudes = HostData.of(Numbers.magnitudes(initial(ref)));
      switch (program.buffer(ref).home()) {
        case Buffer.Home.Variable(String name) -> newVariables.put(name, magnitudes);
        case Buffer.Home.Arena arena -> newFeeds.put(KernelCaseBuilder.feedName(ref), magnitudes);
      }
    }
    return new KernelCase(program, newFeeds, newVariables, written, free, bound);
  }

  @Override
  public String toString() {
    return program.steps().toString();
  }
}
