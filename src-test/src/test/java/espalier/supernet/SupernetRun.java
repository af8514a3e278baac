package espalier.supernet;

import espalier.core.data.SearchData;
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
 * A program that searches a small supernet for a few steps of each order and prints a digest of all
 * the variables it ends with: {@code SupernetRun BACKEND THREADS…}, where the backend {@code best}
 * is whatever opens, one line for each number of threads.
 */
final class SupernetRun {
  private static final int CHANNELS = 4;
  private static final int CELLS = 3;
  private static final int BATCH = 8;
  private static final int FIRST_ORDER_STEPS = 20;
  private static final int SECOND_ORDER_STEPS = 3;

  private SupernetRun() {}

  public static void main(String[] arguments) {
    for (int i = 1; i < arguments.length; i++) {
      BackendOptions options = BackendOptions.threads(Integer.parseInt(arguments[i]));
      try (Backend backend =
          arguments[0].equals("best")
              ? Backends.best(options)
              : Backends.open(arguments[0], options)) {
        System.out.println(digest(backend));
      }
    }
  }

  /** SHA-256 over the bits of weights, running statistics, α and what the optimisers remember. */
  static String digest(Backend backend) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(backend, BilevelSteps.Order.FIRST, FIRST_ORDER_STEPS, digest);
      add(backend, BilevelSteps.Order.SECOND, SECOND_ORDER_STEPS, digest);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static void add(
      Backend backend, BilevelSteps.Order order, int steps, MessageDigest digest) {
    DartsMacro macro = DartsMacro.cifar(CHANNELS, CELLS).plain();
    SearchData data = NoiseImages.splits(4 * BATCH).search();
    try (var search =
        new DifferentiableSearch<>(
            backend,
            new CellSupernet<>(new DartsSpace(macro, macro), 3),
            SmallSettings.of(BATCH, order),
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
