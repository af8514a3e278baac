package espalier.kernels;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Ref;

/** Error bound of {@link Call.Map}: the running error at each point. */
final class ExpressionBound implements ErrorBound {

  @Override
  public double[] of(KernelCase kernelCase, Ref output, double[] expected) {
    Call.Map call = (Call.Map) kernelCase.program().steps().getFirst().call();
    int result = resultAt(kernelCase, call, output);
    RunningError running = new RunningError(call.expr());
    double[][] values = new double[call.inputs().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = Numbers.of(kernelCase.initial(call.inputs().get(i).ref()));
    }
    double[] tolerances = new double[expected.length];
    double[] inputs = new double[values.length];
    for (int point = 0; point < tolerances.length; point++) {
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = values[i][Layouts.offset(call.shape(), call.inputs().get(i), point)];
      }
      tolerances[point] = running.bounds(inputs)[result];
    }
    return tolerances;
  }

  /** Which result ends in the memory that {@code output} names. */
  private static int resultAt(KernelCase kernelCase, Call.Map call, Ref output) {
    for (int r = 0; r < call.outputs().size(); r++) {
      Ref candidate = call.outputs().get(r);
      if (kernelCase.program().buffer(candidate).equals(kernelCase.program().buffer(output))) {
        return r;
      }
    }
    throw new IllegalArgumentException("buffer " + output.id() + " is no output of " + call);
  }
}
