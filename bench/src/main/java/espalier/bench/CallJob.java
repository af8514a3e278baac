package espalier.bench;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Store;
import java.util.LinkedHashMap;
import java.util.Map;

/** A kernel call in a store of its own. */
final class CallJob implements Job {
  private final Store store;
  private final Backend.Compiled compiled;
  private final Map<String, Integer> outputs;

  CallJob(Backend backend, CallWork work) {
    CallProgram program = new CallProgram();
    compiled = backend.compile(program.of(work.call(program)));
    outputs = program.outputs();
    store = backend.newStore();
    program
        .inputs()
        .forEach((name, values) -> {
          store.declare(name, values.type(), values.length());
          store.write(name, values);
        });
    outputs.forEach((name, elements) -> store.declare(name, DType.F32, elements));
  }

  @Override
  public void run() {
    store.run(compiled, Map.of());
  }

  @Override
  public Map<String, float[]> answers() {
    run();
    Map<String, float[]> answers = new LinkedHashMap<>();
    outputs.keySet().forEach(name -> answers.put(name, floats(store.read(name))));
    return answers;
  }

  private static float[] floats(HostData data) {
    float[] values = new float[data.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (data) {
            case HostData.Floats(float[] floats) -> floats[i];
            case HostData.Doubles(double[] doubles) -> (float) doubles[i];
            case HostData.Ints(int[] ints) -> ints[i];
          };
    }
    return values;
  }

  @Override
  public void close() {
    store.close();
  }
}
