package espalier.core.tensor;

import espalier.kernels.spi.Call;
import java.util.List;

/** Mean of each window of x [N, H, W, C], padding not counted. */
public record AveragePool2d(PoolWindow window) implements Op {
  @Override
  public String name() {
    return "average_pool2d";
  }

  @Override
  public List<Shape> infer(List<Shape> inputs) {
    return List.of(window.infer(name(), inputs.getFirst()));
  }

  @Override
  public void backward(Backward pass) {
    Shape x = pass.input(0).shape();
    pass.add(
        0,
        () ->
            pass.gradient()
                .graph()
                .applyOne(new AveragePool2dGradient(window, x.get(1), x.get(2)), pass.gradient()));
  }

  @Override
  public void lower(Lowering to) {
    to.emit(
        new Call.AveragePool(window.geometry(name(), to.inputShape(0)), to.input(0), to.output(0)));
  }
}
