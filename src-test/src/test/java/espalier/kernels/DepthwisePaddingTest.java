package espalier.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.Buffer;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Program;
import espalier.kernels.spi.Ref;
import espalier.kernels.spi.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where depthwise convolutions multiply padding, and where they skip it: infinite factors tell. */
@Tag("width")
final class DepthwisePaddingTest {
  private static final int CHANNELS = 4;
  private static final int EXTENT = 3;
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;
  private static final float[] ONES = {1, 1, 1};
  private static final float[] INFINITE_FIRST = {INF, 1, 1};

  /** An image of one row or one column of {@link #EXTENT} pixels and three taps along it. */
  private static Conv2dGeometry line(boolean isRow) {
    int height = isRow ? 1 : EXTENT;
    int width = isRow ? EXTENT : 1;
    return new Conv2dGeometry(
        1,
        height,
        width,
        CHANNELS,
        height,
        width,
        CHANNELS,
        height,
        width,
        1,
        1,
        height / 2,
        width / 2,
        1,
        1,
        CHANNELS);
  }

  private interface Maker {
    Call of(Ref first, Ref second, Ref result);
  }

  /** What {@code maker}'s call makes of two operands of three pixels, of channel 0. */
  private static float[] result(String backend, Maker maker, float[] first, float[] second) {
    List<Buffer> buffers = List.of(variable("first"), variable("second"), variable("result"));
    Call call = maker.of(new Ref(0), new Ref(1), new Ref(2));
    Program program =
        new Program(
            buffers,
            List.of(new Program.Step(call, 0)),
            Map.of(),
            List.of(),
            Map.of(DType.F32, Math.toIntExact(call.scratch())));
    try (Backend opened = Backends.open(backend, BackendOptions.threads(1));
        Store store = opened.newStore()) {
      for (String name : List.of("first", "second", "result")) {
        store.declare(name, DType.F32, EXTENT * CHANNELS);
      }
      store.write("first", HostData.of(everyChannel(first)));
      store.write("second", HostData.of(everyChannel(second)));
      store.run(opened.compile(program), Map.of());
      float[] all = ((HostData.Floats) store.read("result")).values();
      float[] channel = new float[EXTENT];
      for (int p = 0; p < EXTENT; p++) {
        channel[p] = all[p * CHANNELS];
      }
      return channel;
    }
  }

  private static Buffer variable(String name) {
    return new Buffer(DType.F32, EXTENT * CHANNELS, new Buffer.Home.Variable(name));
  }

  private static float[] everyChannel(float[] pixels) {
    float[] all = new float[pixels.length * CHANNELS];
    for (int p = 0; p < pixels.length; p++) {
      Arrays.fill(all, p * CHANNELS, (p + 1) * CHANNELS, pixels[p]);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-simd"})
  void columnsBesideTheImageReadZero(String backend) {
    Conv2dGeometry g = line(true);
    Maker forward = (x, w, y) -> new Call.Conv2d(g, x, w, y);
    Maker inputGradient = (dy, w, dx) -> new Call.Conv2dInputGradient(g, dy, w, dx);
    Maker weightGradient = (x, dy, dw) -> new Call.Conv2dWeightGradient(g, x, dy, dw);

    assertThat(result(backend, forward, ONES, INFINITE_FIRST)).containsExactly(NAN, INF, INF);
    assertThat(result(backend, inputGradient, ONES, INFINITE_FIRST)).containsExactly(INF, INF, NAN);
    assertThat(result(backend, weightGradient, ONES, INFINITE_FIRST))
        .containsExactly(NAN, INF, INF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-simd"})
  void rowsBesideTheImageAreSkipped(String backend) {
    Conv2dGeometry g = line(false);
    Maker forward = (x, w, y) -> new Call.Conv2d(g, x, w, y);
    Maker inputGradient = (dy, w, dx) -> new Call.Conv2dInputGradient(g, dy, w, dx);
    Maker weightGradient = (x, dy, dw) -> new Call.Conv2dWeightGradient(g, x, dy, dw);

    assertThat(result(backend, forward, ONES, INFINITE_FIRST)).containsExactly(2, INF, INF);
    assertThat(result(backend, inputGradient, ONES, INFINITE_FIRST)).containsExactly(INF, INF, 2);
    assertThat(result(backend, weightGradient, ONES, INFINITE_FIRST)).containsExactly(2, INF, INF);
  }
}
