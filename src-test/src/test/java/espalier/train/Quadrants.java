package espalier.train;

import espalier.core.data.Augmentation;
import espalier.core.data.Dataset;
import espalier.core.data.Splits;
import espalier.core.io.ImageSpec;
import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.ConvNorm;
import espalier.core.nn.CrossEntropy;
import espalier.core.nn.Dropout;
import espalier.core.nn.Layer;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.random.Philox;
import espalier.core.train.ImageData;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.core.train.Trainer;
import espalier.kernels.spi.Backend;
import java.util.List;
import java.util.Map;

/** A task that is learnt in a few epochs: which quadrant of a noisy image is bright. */
final class Quadrants {
  static final int SIDE = 6;
  static final ImageSpec SPEC = new ImageSpec(SIDE, SIDE, 1);

  /** 43 images to learn from: five batches of 8 and three over. */
  static final Splits SPLITS = Splits.byCount(images(56), 43, 13, Splits.Sampling.SHUFFLED, 5);

  static final ImageData DATA = ImageData.of(SPLITS.search());

  static final Network NETWORK =
      Network.of(
          Layer.sequence(
              new ConvNorm(Conv.same(6, 3, 1), BatchNorm.standard()),
              Layer.relu(),
              Pool.flatten(),
              Linear.of(4)));

  /** A network in which everything is random that can be. */
  static final Network RANDOM_NETWORK =
      Network.of(
          Layer.sequence(
              new ConvNorm(Conv.same(6, 3, 1), BatchNorm.standard()),
              Dropout.path(),
              Layer.relu(),
              Pool.flatten(),
              Dropout.elements(0.2),
              Linear.of(4)));

  private Quadrants() {}

  private static Dataset images(int count) {
    byte[] pixels = new byte[count * SPEC.values()];
    int[] labels = new int[count];
    Philox random = Philox.of(11, "quadrants");
    for (int i = 0; i < pixels.length; i++) {
      int row = i / SIDE % SIDE;
      int column = i % SIDE;
      int image = i / SPEC.values();
      labels[image] = image % 4;
      boolean bright = row / 3 * 2 + column / 3 == labels[image];
      pixels[i] = (byte) ((bright ? 150 : 50) + random.below(i, 80));
    }
    return Dataset.of(SPEC, pixels, labels, List.of("one", "two", "three", "four"));
  }

  static Recipe recipe() {
    return new Recipe(
        8,
        new Sgd(0.9, 3e-4, false),
        new Schedule.Cosine(0.05, 0),
        5,
        CrossEntropy.plain(),
        0.4,
        0,
        Augmentation.none(),
        0);
  }

  static Trainer trainer(Backend backend, Network network, Recipe recipe, long seed) {
    return new Trainer(backend, network, recipe, DATA, seed);
  }

  static boolean same(Map<String, float[]> a, Map<String, float[]> b) {
    return a.keySet().equals(b.keySet())
        && a.keySet().stream().allMatch(name -> java.util.Arrays.equals(a.get(name), b.get(name)));
  }
}
