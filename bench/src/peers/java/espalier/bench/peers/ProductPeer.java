package espalier.bench.peers;

import espalier.bench.Job;
import espalier.bench.Product;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A matrix product into a tensor that is there already. */
final class ProductPeer implements Job {
  private final Parameters parameters;
  private final Tensor c;

  ProductPeer(Product row, Layout layout) {
    this.parameters = new Parameters(row.assembly().variables(), layout, _ -> false);
    try (var _ = new PointerScope()) {
      this.c = torch.zeros(row.n(), row.n());
      c.retainReference();
    }
  }

  @Override
  public void run() {
    try (var _ = new PointerScope();
        var _ = new NoGradGuard()) {
      torch.mm_out(c, parameters.get(Product.A), parameters.get(Product.B));
    }
  }

  @Override
  public Map<String, float[]> answers() {
    run();
    return Map.of(Product.C, Parameters.values(c, false));
  }

  @Override
  public void close() {
    parameters.close();
    c.releaseReference();
  }
}
