package espalier.bench;

import espalier.core.nn.Initializer;
import espalier.core.tensor.Shape;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program of one kernel call under construction. All its operands are variables. */
final class CallProgram {
  private final List<Buffer> buffers = new ArrayList<>();
  private final Map<String, HostData> inputs = new LinkedHashMap<>();
  private final Map<String, Integer> outputs = new LinkedHashMap<>();

  /** An operand of normal values. */
  Ref input(String name, int elements) {
    float[] values = new Initializer.Normal(1).values(Shape.of(elements), name, Assembly.SEED);
    return input(name, DType.F32, HostData.of(values));
  }

  /** An operand of given values. */
  Ref input(String name, DType type, HostData values) {
    inputs.put(name, values);
    return buffer(name, type, values.length());
  }

  /** What the call writes. */
  Ref output(String name, int elements) {
    outputs.put(name, elements);
    return buffer(name, DType.F32, elements);
  }

  private Ref buffer(String name, DType type, int elements) {
    buffers.add(new Buffer(type, elements, new Buffer.Home.Variable(name)));
    return new Ref(buffers.size() - 1);
  }

  /** Values of the operands, by name. */
  Map<String, HostData> inputs() {
    return inputs;
  }

  /** Elements of what is written, by name. */
  Map<String, Integer> outputs() {
    return outputs;
  }

  /** Floats read and written, each once. */
  double floats() {
    return buffers.stream().mapToDouble(Buffer::elements).sum();
  }

  /** The program of {@code call}, its scratch alone in the arena. */
  Program of(Call call) {
    return new Program(
        buffers,
        List.of(new Program.Step(call, 0)),
        Map.of(),
        List.of(),
        Map.of(DType.F32, Math.toIntExact(call.scratch())));
  }
}
