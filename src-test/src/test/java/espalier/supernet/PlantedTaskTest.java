package espalier.supernet;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.data.SearchData;
import espalier.core.data.Splits;
import espalier.core.nn.Network;
import espalier.core.space.Cell;
import espalier.core.space.DiscreteCell;
import espalier.core.space.Operation;
import espalier.core.space.Site;
import espalier.core.supernet.BilevelSteps.Order;
import espalier.core.supernet.CellSupernet;
import espalier.core.supernet.DifferentiableSearch;
import espalier.core.train.ImageData;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Schedule;
import espalier.core.train.Sgd;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search finds the one operation that solves a task, whichever it is, from every seed. */
final class PlantedTaskTest {
  private static final int BATCH = 32;
  private static final int STEPS = 150;
  private static final int SEEDS = 3;

  private static Stream<Arguments> searches() {
    return Stream.of(PlantedTask.DENSE_DISTANCE, PlantedTask.DILATED_DISTANCE)
        .flatMap(distance ->
            Stream.of(Order.values())
                .flatMap(order ->
                    IntStream.range(0, SEEDS)
                        .mapToObj(seed -> Arguments.of(distance, order, seed))));
  }

  @ParameterizedTest(name = "distance {0}, {1} order, seed {2}")
  @MethodSource("searches")
  void theSearchFindsTheOperationThatWasPlanted(int distance, Order order, long seed) {
    PlantedTask task = new PlantedTask(distance);
    SearchData data = task.splits(seed).search();
    try (Backend backend = Backends.best(BackendOptions.threads(1));
        var search =
            new DifferentiableSearch<>(
                backend,
                new CellSupernet<>(new PlantedTask.Space(), 2),
                SmallSettings.of(BATCH, order, new Schedule.Cosine(0.2, 0.02), 0.03),
                data,
                data.train().normalisation(),
                seed)) {
      search.run(STEPS, Optional.empty(), new DifferentiableSearch.Listener() {});
      assertThat(search.derive()).isEqualTo(task.truth());
    }
  }

  /**
   * What was planted is true: of all cells, one learns the task. A cell at chance is right on n
   * images within 5 deviations of n/2, which a Gaussian exceeds once in two million times.
   */
  @ParameterizedTest
  @ValueSource(ints = {PlantedTask.DENSE_DISTANCE, PlantedTask.DILATED_DISTANCE})
  void noOtherCellCanSolveTheTask(int distance) {
    PlantedTask task = new PlantedTask(distance);
    Splits splits = task.splits(7);
    double chance = 0.5 + 5 * 0.5 / Math.sqrt(splits.valid().size());
    for (int input = 0; input < 2; input++) {
      for (Operation choice : new PlantedTask.Space().cellSpaces().getFirst().choices()) {
        Cell cell = PlantedTask.cell(input, choice);
        double accuracy = accuracy(cell, splits);
        if (cell.equals(task.truth())) {
          assertThat(accuracy).as("%s", cell).isGreaterThan(0.9);
        } else {
          assertThat(accuracy).as("%s", cell).isLessThan(chance);
        }
      }
    }
  }

  private static double accuracy(Cell cell, Splits splits) {
    Network network =
        PlantedTask.Space.network(2, new DiscreteCell(cell, false), Site.Form.EVALUATION);
    Recipe recipe =
        Recipe.standard().withBatchSize(BATCH).with(Sgd.darts(), new Schedule.Cosine(0.1, 0));
    ImageData data = ImageData.of(splits.search());
    try (Backend backend = Backends.best(BackendOptions.threads(1));
        Trainer trainer = new Trainer(backend, network, recipe, data.withoutValid(), 3)) {
      trainer.run(STEPS, Optional.empty(), new TrainingListener() {});
      return trainer.measure(data.valid().orElseThrow()).value(Metric.ACCURACY);
    }
  }
}
