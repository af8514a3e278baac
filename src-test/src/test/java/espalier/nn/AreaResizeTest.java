package espalier.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import espalier.core.io.ImageSpec;
import espalier.core.nn.AreaResize;
import espalier.core.nn.Conv;
import espalier.core.nn.FeedSpec;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.NetworkCounts;
import espalier.core.nn.Pool;
import espalier.core.nn.Scope;
import espalier.core.plan.Computation;
import espalier.core.plan.Executable;
import espalier.core.plan.Session;
import espalier.core.tensor.Gradients;
import espalier.core.tensor.Graph;
import espalier.core.tensor.Shape;
import espalier.core.tensor.Tensor;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import espalier.nn.Built.Setting;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images brought to another size by area, against the definition in plain Java. */
class AreaResizeTest {
  /** Means of a few hundred numbers below 1 in double precision. */
  private static final Offset<Double> SMALL = Offset.offset(1e-13);

  private static final int BATCH = 2;
  private static final int CHANNELS = 3;

  private static double[] resized(int height, int width, double[] x, AreaResize layer) {
    Built built =
        Built.run(layer, Shape.of(BATCH, height, width, CHANNELS), x, Setting.inference(Map.of()));
    assertThat(built.shape()).isEqualTo(Shape.of(BATCH, layer.height(), layer.width(), CHANNELS));
    assertThat(built.variables()).isEmpty();
    return built.output();
  }

  private static double[] pixels(int height, int width) {
    return Built.numbers(BATCH * height * width * CHANNELS, 1);
  }

  /**
   * The definition on a raster fine enough for both sizes: each pixel is repeated as often as the
   * other size has pixels, and the result is the mean of as many of these as this size has.
   */
  private static double[] byDefinition(int height, int width, double[] x, AreaResize to) {
    double[] y = new double[BATCH * to.height() * to.width() * CHANNELS];
    for (int n = 0; n < BATCH; n++) {
      for (int r = 0; r < height * to.height(); r++) {
        for (int s = 0; s < width * to.width(); s++) {
          for (int c = 0; c < CHANNELS; c++) {
            int source = ((n * height + r / to.height()) * width + s / to.width()) * CHANNELS + c;
            int target = ((n * to.height() + r / height) * to.width() + s / width) * CHANNELS + c;
            y[target] += x[source] / (height * width);
          }
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, 2, 2",
    "6, 4, 4, 6",
    "7, 5, 3, 4",
    "5, 5, 13, 1",
    "28, 28, 20, 20",
    "9, 6, 9, 4",
    "1, 1, 3, 2",
    "11, 11, 10, 12"
  })
  void aPixelIsTheMeanOverItsArea(int height, int width, int toHeight, int toWidth) {
    AreaResize layer = new AreaResize(toHeight, toWidth);
    double[] x = pixels(height, width);
    double[] found = resized(height, width, x, layer);
    assertThat(found).containsExactly(byDefinition(height, width, x, layer), SMALL);
    assertThat(Arrays.stream(found).average().orElseThrow())
        .isCloseTo(Arrays.stream(x).average().orElseThrow(), SMALL);
  }

  @Test
  void anImageOfTheRightSizeIsItself() {
    Graph graph = new Graph();
    Tensor x = graph.feed("x", Shape.of(BATCH, 6, 5, CHANNELS));
    Tensor y = new AreaResize(6, 5).apply(Scope.root(graph, Scope.Mode.TRAINING), x);
    assertThat(y).isSameAs(x);
  }

  @Test
  void doublingAndHalvingAgainChangesNothing() {
    double[] x = pixels(5, 3);
    double[] twice = resized(5, 3, x, new AreaResize(10, 6));
    assertThat(resized(10, 6, twice, new AreaResize(5, 3))).containsExactly(x, SMALL);
  }

  /** The layer is linear, so a step of any size shows its gradient, but for rounding. */
  @ParameterizedTest
  @CsvSource({"6, 4, 4, 6", "7, 5, 3, 4", "2, 3, 4, 6"})
  void gradientsAreDifferences(int height, int width, int toHeight, int toWidth) {
    AreaResize layer = new AreaResize(toHeight, toWidth);
    double[] x = pixels(height, width);
    double[] weights = Built.numbers(BATCH * toHeight * toWidth * CHANNELS, 4);
    double[] gradient = gradient(layer, Shape.of(BATCH, height, width, CHANNELS), x, weights);
    double before = product(resized(height, width, x, layer), weights);
    for (int i = 0; i < x.length; i++) {
      double[] moved = x.clone();
      moved[i] += 1;
      double after = product(resized(height, width, moved, layer), weights);
      assertThat(gradient[i]).isCloseTo(after - before, SMALL);
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] gradient(Layer layer, Shape shape, double[] x, double[] weights) {
    Graph graph = new Graph();
    Tensor input = graph.feed("x", shape);
    Tensor y = layer.apply(Scope.root(graph, Scope.Mode.TRAINING), input);
    Tensor sum = y.mul(graph.feed("w", y.shape())).sum();
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      Computation computation = new Computation(graph, Gradients.of(sum, List.of(input)), Map.of());
      Executable executable = session.compile(computation);
      Map<String, HostData> feeds = new HashMap<>();
      feeds.put("x", HostData.of(x));
      feeds.put("w", HostData.of(weights));
      // A linear function's gradient does not ask where it is taken.
      feeds.keySet().retainAll(executable.program().feeds().keySet());
      return session.run(executable, feeds).doubles(0);
    }
  }

  @Test
  void itIsNotCounted() {
    Layer rest =
        Layer.sequence(Conv.same(4, 3, 1), Layer.relu(), Pool.globalAverage(), Linear.of(2));
    NetworkCounts small = NetworkCounts.declared(Network.of(rest), new ImageSpec(8, 8, 3));
    Network resizing = Network.of(Layer.sequence(AreaResize.square(8), rest));
    assertThat(NetworkCounts.declared(resizing, new ImageSpec(28, 20, 3))).isEqualTo(small);
    assertThat(NetworkCounts.seesInput(resizing, FeedSpec.images(new ImageSpec(28, 20, 3))))
        .isTrue();
  }

  @Test
  void sizesAndInputsThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AreaResize(0, 4))
        .withMessage("resize: to 0x4 pixels, expected 1 or more each way");
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            Built.run(
                AreaResize.square(2),
                Shape.of(4, 3),
                Built.numbers(12, 0),
                Setting.inference(Map.of())))
        .withMessage("resize: input is [4, 3], expected images [N, H, W, C]");
  }
}
