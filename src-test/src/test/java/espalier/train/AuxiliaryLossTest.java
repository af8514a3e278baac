package espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.nn.FeedSpec;
import espalier.core.nn.Linear;
import espalier.core.nn.Network;
import espalier.core.nn.Pool;
import espalier.core.plan.Session;
import espalier.core.tensor.Tensor;
import espalier.core.train.Classes;
import espalier.core.train.Recipe;
import espalier.core.train.TaskGraphs;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an auxiliary head adds to the loss. */
class AuxiliaryLossTest {
  private static final int BATCH = 4;

  private static Network network(boolean main, boolean auxiliary) {
    return (scope, images) -> {
      Tensor x = Pool.flatten().apply(scope, images);
      Tensor first = Linear.of(4).apply(scope.child("main"), x);
      Tensor second = Linear.of(4).apply(scope.auxiliary("head"), x);
      return new Network.Outputs(
          main ? first : second, auxiliary ? Optional.of(second) : Optional.empty());
    };
  }

  /** The loss of the first batch before any step. */
  private static double loss(Network network, double auxiliaryWeight) {
    Recipe from = Quadrants.recipe();
    Recipe recipe =
        new Recipe(
            BATCH,
            from.optimizer(),
            from.schedule(),
            0,
            from.loss(),
            auxiliaryWeight,
            0,
            from.augmentation(),
            0);
    TaskGraphs.Built built = TaskGraphs.training(network, Quadrants.DATA.task(), recipe);
    float[] images = new float[BATCH * Quadrants.SPEC.values()];
    for (int row = 0; row < BATCH; row++) {
      Quadrants.SPLITS.train().read(row, images, row * Quadrants.SPEC.values());
    }
    try (Backend backend = Backends.open("reference", BackendOptions.threads(1));
        Session session = new Session(backend)) {
      built
          .variables()
          .forEach(v ->
              session.declare(
                  v.name(),
                  v.shape(),
                  HostData.of(v.initializer().values(v.shape(), v.name(), 1))));
      return session
          .run(
              session.compile(built.computation()),
              Map.of(
                  FeedSpec.IMAGES, HostData.of(images),
                  Classes.LABELS, HostData.of(0, 1, 2, 3),
                  TaskGraphs.LEARNING_RATE, HostData.of(0.1f)))
          .scalar(0);
    }
  }

  @Test
  void itCountsWithItsWeight() {
    double main = loss(network(true, false), 0.4);
    double head = loss(network(false, false), 0.4);
    assertThat(main).isNotEqualTo(head);
    assertThat(loss(network(true, true), 0.4)).isCloseTo(main + 0.4 * head, within(1e-12));
    assertThat(loss(network(true, true), 2)).isCloseTo(main + 2 * head, within(1e-12));
  }
}
