package espalier.bench;

import espalier.kernels.spi.Call;
import espalier.kernels.spi.DType;
import espalier.kernels.spi.Dims;
import espalier.kernels.spi.Expr;
import espalier.kernels.spi.Fn;
import espalier.kernels.spi.HostData;
import espalier.kernels.spi.Operand;
import espalier.kernels.spi.Pool2dGeometry;
import espalier.kernels.spi.Ref;
import java.util.List;
import java.util.Locale;

/** One of the kernel calls that pass over images of 32×32 pixels and 16 channels. */
public record ImageCall(Kind kind, int batch) implements CallWork {
  private static final int EXTENT = 32;
  private static final int CHANNELS = 16;
  private static final int CONCATENATED = 4;
  private static final int CLASSES = 10;
  private static final int SMALL_BATCH = 3;
  private static final int WINDOW = 3;

  /** The calls. */
  public enum Kind {
    MAX_POOL,
    MAX_POOL_SCATTER,
    MAX_POOL_GATHER,
    AVERAGE_POOL,
    AVERAGE_POOL_GRADIENT,
    /** Mean and variance of each channel. */
    MOMENTS,
    /** {@code (x − mean)·scale}. */
    MAP,
    /** {@code Σ dy} and {@code Σ dy·x} of each channel. */
    REDUCE,
    /** Logits of a batch. */
    SOFTMAX,
    /** Into one of four places along the channels. */
    COPY,
    FILL,
    ONE_HOT,
    UNIFORM
  }

  @Override
  public String label() {
    return kind.name().toLowerCase(Locale.ROOT) + ", batch " + batch;
  }

  private int pixels() {
    return batch * EXTENT * EXTENT;
  }

  private int elements() {
    return pixels() * CHANNELS;
  }

  private Pool2dGeometry window() {
    return new Pool2dGeometry(
        batch, EXTENT, EXTENT, CHANNELS, EXTENT, EXTENT, WINDOW, WINDOW, 1, 1, 1, 1);
  }

  @Override
  public Call call(CallProgram program) {
    return switch (kind) {
      case MAX_POOL -> new Call.MaxPool(window(), image(program, "x"), result(program));
      case MAX_POOL_SCATTER ->
          new Call.MaxPoolScatter(
              window(), image(program, "x"), image(program, "dy"), result(program));
      case MAX_POOL_GATHER ->
          new Call.MaxPoolGather(
              window(), image(program, "x"), image(program, "v"), result(program));
      case AVERAGE_POOL -> new Call.AveragePool(window(), image(program, "x"), result(program));
      case AVERAGE_POOL_GRADIENT ->
          new Call.AveragePoolGradient(window(), image(program, "dy"), result(program));
      case MOMENTS ->
          new Call.Moments(
              batch,
              EXTENT * EXTENT,
              CHANNELS,
              image(program, "x"),
              program.output("mean", CHANNELS),
              program.output("variance", CHANNELS));
      case MAP -> map(program);
      case REDUCE -> reduce(program);
      case SOFTMAX ->
          new Call.Softmax(
              batch,
              CLASSES,
              true,
              program.input("x", batch * CLASSES),
              program.output("y", batch * CLASSES));
      case COPY -> copy(program);
      case FILL -> new Call.Fill(1, result(program));
      case ONE_HOT ->
          new Call.OneHot(
              batch,
              CLASSES,
              program.input("labels", DType.I32, HostData.of(Samples.cifar(batch).labels())),
              program.output("y", batch * CLASSES));
      case UNIFORM ->
          new Call.Uniform(
              0,
              elements(),
              program.input("key", DType.I32, HostData.of(1, 2, 3, 4)),
              result(program));
    };
  }

  private Ref image(CallProgram program, String name) {
    return program.input(name, elements());
  }

  private Ref result(CallProgram program) {
    return program.output("y", elements());
  }

  private Operand each(Ref ref) {
    return new Operand(ref, Dims.of(CHANNELS, 1));
  }

  private static Operand perChannel(Ref ref) {
    return new Operand(ref, Dims.of(0, 1));
  }

  private Call map(CallProgram program) {
    Expr normalize =
        new Expr(3, List.of(Expr.Step.of(Fn.SUB, 0, 1), Expr.Step.of(Fn.MUL, 3, 2)), List.of(4));
    List<Operand> inputs =
        List.of(
            each(image(program, "x")),
            perChannel(program.input("mean", CHANNELS)),
            perChannel(program.input("scale", CHANNELS)));
    return new Call.Map(Dims.of(pixels(), CHANNELS), normalize, inputs, List.of(result(program)));
  }

  private Call reduce(CallProgram program) {
    Expr products = new Expr(2, List.of(Expr.Step.of(Fn.MUL, 0, 1)), List.of(0, 2));
    List<Operand> inputs = List.of(each(image(program, "dy")), each(image(program, "x")));
    List<Ref> outputs =
        List.of(program.output("sum", CHANNELS), program.output("sum of products", CHANNELS));
    return new Call.Reduce(
        Call.Reduce.Kind.SUM, Dims.of(pixels(), CHANNELS), 0, 1, products, inputs, outputs);
  }

  private Call copy(CallProgram program) {
    return new Call.Copy(
        Dims.of(pixels(), CHANNELS),
        image(program, "x"),
        0,
        Dims.of(CHANNELS, 1),
        program.output("y", elements() * CONCATENATED),
        CHANNELS,
        Dims.of(CHANNELS * CONCATENATED, 1));
  }

  @Override
  public double operations() {
    return switch (kind) {
      case MAX_POOL, MAX_POOL_SCATTER, MAX_POOL_GATHER, AVERAGE_POOL, AVERAGE_POOL_GRADIENT ->
          (double) WINDOW * WINDOW * elements();
      case MOMENTS, REDUCE -> 3.0 * elements();
      case MAP -> 2.0 * elements();
      case SOFTMAX, COPY, FILL, ONE_HOT, UNIFORM -> 0;
    };
  }

  @Override
  public ImageCall small() {
    return new ImageCall(kind, Math.min(batch, SMALL_BATCH));
  }

  @Override
  public double tolerance(String answer) {
    return Rounding.ofSums(pixels());
  }
}
