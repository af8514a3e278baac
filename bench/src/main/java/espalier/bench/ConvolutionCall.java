package espalier.bench;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;

/** One of the three kernel calls of a convolution. */
public record ConvolutionCall(Convolution convolution, Pass pass) implements CallWork {

  /** What is computed. */
  public enum Pass {
    FORWARD,
    INPUT_GRADIENT,
    WEIGHT_GRADIENT
  }

  @Override
  public String label() {
    return convolution.label() + ", " + pass;
  }

  private Conv2dGeometry geometry() {
    int extent = convolution.extent();
    int channels = convolution.channels();
    int kernel = convolution.kernel();
    int dilation = convolution.dilation();
    int padding = dilation * (kernel - 1) / 2;
    return new Conv2dGeometry(
        convolution.batch(),
        extent,
        extent,
        channels,
        extent,
        extent,
        channels,
        kernel,
        kernel,
        1,
        1,
        padding,
        padding,
        dilation,
        dilation,
        convolution.groups());
  }

  @Override
  public Call call(CallProgram program) {
    Conv2dGeometry g = geometry();
    return switch (pass) {
      case FORWARD ->
          new Call.Conv2d(
              g,
              program.input("x", g.inputElements()),
              program.input("w", g.weightElements()),
              program.output("y", g.outputElements()));
      case INPUT_GRADIENT ->
          new Call.Conv2dInputGradient(
              g,
              program.input("dy", g.outputElements()),
              program.input("w", g.weightElements()),
              program.output("dx", g.inputElements()));
      case WEIGHT_GRADIENT ->
          new Call.Conv2dWeightGradient(
              g,
              program.input("x", g.inputElements()),
              program.input("dy", g.outputElements()),
              program.output("dw", g.weightElements()));
    };
  }

  @Override
  public double operations() {
    return 2.0 * geometry().multiplyAccumulates();
  }

  @Override
  public ConvolutionCall small() {
    return new ConvolutionCall(convolution.small(), pass);
  }

  @Override
  public double tolerance(String answer) {
    return convolution.tolerance(answer);
  }
}
