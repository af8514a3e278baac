package espalier.supernet;

import espalier.core.data.SearchData;
import espalier.core.io.ImageSpec;
import espalier.core.space.DartsMacro;
import espalier.core.space.DartsSpace;
import espalier.core.supernet.BilevelSteps;
import espalier.core.supernet.CellSupernet;
import espalier.core.supernet.DifferentiableSearch;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A program that searches a supernet for a few steps and prints a digest of all the variables it
 * ends with: {@code SupernetRun SIZE BACKEND THREADS…}, where the size is that of a {@link Size},
 * the backend {@code best} is whatever opens, and there is one line for each number of threads.
 */
final class SupernetRun {
  /** What is searched. */
  enum Size {
    /** Both orders, small enough for every build. */
    SMALL(4, 3, 8, NoiseImages.IMAGE, 3),
    /** As published, of first order alone: minutes on vectors, an hour in plain Java. */
    FULL(16, 8, 64, new ImageSpec(32, 32, 3), 0);

    private static final int FIRST_ORDER_STEPS = 20;

    private final int channels;
    private final int cells;
    private final int batch;
    private final ImageSpec image;
    private final int secondOrderSteps;

    Size(int channels, int cells, int batch, ImageSpec image, int secondOrderSteps) {
      this.channels = channels;
      this.cells = cells;
      this.batch = batch;
      this.image = image;
      this.secondOrderSteps = secondOrderSteps;
    }
  }

  private SupernetRun() {}

  public static void main(String[] arguments) {
    Size size = Size.valueOf(arguments[0]);
    String name = arguments[1];
    for (int i = 2; i < arguments.length; i++) {
      BackendOptions options = BackendOptions.threads(Integer.parseInt(arguments[i]));
      try (Backend backend =
          name.equals("best") ? Backends.best(options) : Backends.open(name, options)) {
        System.out.println(digest(size, backend));
      }
    }
  }

  /** SHA-256 over the bits of weights, running statistics, α and what the optimisers remember. */
  static String digest(Size size, Backend backend) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(size, backend, BilevelSteps.Order.FIRST, Size.FIRST_ORDER_STEPS, digest);
      if (size.secondOrderSteps > 0) {
        add(size, backend, BilevelSteps.Order.SECOND, size.secondOrderSteps, digest);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void add(
      Size size, Backend backend, BilevelSteps.Order order, int steps, MessageDigest digest) {
    DartsMacro macro = DartsMacro.cifar(size.channels, size.cells).plain();
    SearchData data = NoiseImages.splits(size.image, 4 * size.batch).search();
    try (var search =
        new DifferentiableSearch<>(
            backend,
            new CellSupernet<>(new DartsSpace(macro, macro), 3),
            SmallSettings.of(size.batch, order),
            data,
            data.train().normalisation(),
            23)) {
      var outcome = search.run(steps, Optional.empty(), new DifferentiableSearch.Listener() {});
      if (!(outcome instanceof DifferentiableSearch.Outcome.Completed)) {
        throw new AssertionError(outcome);
      }
      for (String name : search.session().variables().keySet()) {
        for (float value : search.session().read(name)) {
          digest.update(ByteBuffer.allocate(4).putInt(0, Float.floatToRawIntBits(value)));
        }
      }
    }
  }
}
