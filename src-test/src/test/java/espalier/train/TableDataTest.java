package espalier.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.catalog.Mlp;
import espalier.core.data.Folds;
import espalier.core.data.LabelledTable;
import espalier.core.data.Target;
import espalier.core.io.Column;
import espalier.core.io.Table;
import espalier.core.io.TableInput;
import espalier.core.nn.FeedSpec;
import espalier.core.random.Philox;
import espalier.core.train.Amounts;
import espalier.core.train.Classes;
import espalier.core.train.Feeder;
import espalier.core.train.Measure;
import espalier.core.train.Metric;
import espalier.core.train.Recipe;
import espalier.core.train.Score;
import espalier.core.train.TableData;
import espalier.core.train.TableFold;
import espalier.core.train.Trainer;
import espalier.core.train.TrainingListener;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Backends;
import espalier.kernels.spi.HostData;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of tables as data to learn from: who sees what, and what is measured. */
final class TableDataTest {
  private static final int ROWS = 103;

  /** Two classes that a line parts, one three times as frequent; column b is a hundred times a. */
  private static LabelledTable table() {
    Philox random = Philox.of(4, "rows");
    double[] a = new double[ROWS];
    double[] b = new double[ROWS];
    int[] labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      labels[row] = row % 4 == 0 ? 1 : 0;
      a[row] = random.normal(2L * row) + (labels[row] == 1 ? 3 : -3);
      b[row] = 100 * random.normal(2L * row + 1);
    }
    return new LabelledTable(
        new Table(List.of(new Column.Numeric("a", a), new Column.Numeric("b", b))),
        new Target.Classes(List.of("no", "yes"), labels));
  }

  @Test
  void foldsCoverAllRowsOnceInTheRatioOfTheClasses() {
    LabelledTable table = table();
    int[] labels = ((Target.Classes) table.target()).labels();
    Folds folds = Folds.of(table.target(), 10, 7);
    TreeSet<Integer> seen = new TreeSet<>();
    for (int k = 0; k < folds.count(); k++) {
      int[] left = folds.left(k);
      assertThat(left.length).isBetween(10, 11);
      assertThat(Arrays.stream(left).filter(row -> labels[row] == 1).count()).isBetween(2L, 3L);
      Arrays.stream(left).forEach(row -> assertThat(seen.add(row)).isTrue());
      assertThat(IntStream.concat(Arrays.stream(left), Arrays.stream(folds.others(k))).sorted())
          .containsExactlyElementsOf(IntStream.range(0, ROWS).boxed().toList());
    }
    assertThat(seen).hasSize(ROWS);
    assertThat(Folds.of(table.target(), 10, 7).left(3)).isEqualTo(folds.left(3));
    assertThat(Folds.of(table.target(), 10, 8).left(3)).isNotEqualTo(folds.left(3));
  }

  /** Rows left out get values that would move every mean: nothing handed to a search may differ. */
  @Test
  void nothingOfTheRowsLeftOutReachesASearchOrATraining() {
    LabelledTable table = table();
    Folds folds = Folds.of(table.target(), 5, 1);
    double[] spoilt = ((Column.Numeric) table.features().column("a")).values().clone();
    Arrays.stream(folds.left(2)).forEach(row -> spoilt[row] = 1e9);
    LabelledTable other =
        new LabelledTable(
            new Table(List.of(new Column.Numeric("a", spoilt), table.features().column("b"))),
            table.target());
    TableFold fold = TableFold.of(table, folds, 2, 1);
    TableFold spoiltFold = TableFold.of(other, folds, 2, 1);
    for (boolean all : List.of(true, false)) {
      TableData one = all ? fold.all() : fold.search();
      TableData two = all ? spoiltFold.all() : spoiltFold.search();
      assertThat(two.input()).isEqualTo(one.input());
      assertThat(batch(two.training(Recipe.standard().withBatchSize(16), 3)))
          .isEqualTo(batch(one.training(Recipe.standard().withBatchSize(16), 3)));
    }
    assertThat(batch(fold.search().valid().orElseThrow().batches(16)))
        .isEqualTo(batch(spoiltFold.search().valid().orElseThrow().batches(16)));
    assertThat(batch(fold.test(fold.all()).orElseThrow().batches(16)))
        .isNotEqualTo(batch(spoiltFold.test(spoiltFold.all()).orElseThrow().batches(16)));
  }

  private static float[] batch(Feeder feeder) {
    return ((HostData.Floats) Objects.requireNonNull(feeder.feeds(0).get(FeedSpec.ROWS))).values();
  }

  /** The search compares candidates on rows scaled by the rows it trains on, not by its own. */
  @Test
  void scalesAreMeasuredOnTheRowsToLearnFromAlone() {
    LabelledTable table = table();
    int[] train = IntStream.range(0, 60).toArray();
    int[] valid = IntStream.range(60, ROWS).toArray();
    TableData data = TableData.of(table, train, valid);
    double[] a = ((Column.Numeric) table.features().column("a")).values();
    double mean = Arrays.stream(a, 0, 60).average().orElseThrow();
    var field = (TableInput.Field.Numeric) data.input().fields().getFirst();
    assertThat(field.mean()).isCloseTo(mean, within(1e-12));
    assertThat(data.input()).isEqualTo(TableData.of(table, train).input());
  }

  @Test
  void eachEpochHasEveryRowAtMostOnceInAnotherOrder() {
    TableData data = TableData.of(table(), IntStream.range(0, ROWS).toArray());
    Feeder feeder = data.training(Recipe.standard().withBatchSize(10), 5);
    assertThat(feeder.stepsPerEpoch()).isEqualTo(10).isEqualTo(data.stepsPerEpoch(10));
    TreeSet<Float> seen = new TreeSet<>();
    for (int step = 0; step < 10; step++) {
      float[] rows = ((HostData.Floats) feeder.feeds(step).get(FeedSpec.ROWS)).values();
      for (int row = 0; row < 10; row++) {
        assertThat(seen.add(rows[2 * row])).isTrue();
      }
    }
    float[] first = batch(feeder).clone();
    feeder.feeds(25);
    assertThat(batch(feeder)).as("addressed by step").isEqualTo(first);
  }

  @Test
  void aClassifierIsMeasuredByAccuracyMacroF1AndLoss() {
    Measure measure = Classes.ofRows(2, 3).measure();
    // Classes told: 0, 0, 1, 1; actual: 0, 1, 1, 0; class 2 never comes up.
    float[] logits = {5, 0, 0, 5, 0, 0, 0, 5, 0, 0, 5, 0};
    measure.add(logits, HostData.of(0, 1, 1, 0));
    Score score = measure.score();
    assertThat(score.leading()).isEqualTo(Metric.ACCURACY);
    assertThat(score.value(Metric.ACCURACY)).isEqualTo(0.5);
    assertThat(score.value(Metric.MACRO_F1)).isCloseTo((0.5 + 0.5 + 0) / 3, within(1e-15));
    double right = Math.log(Math.exp(5) + 2) - 5;
    assertThat(score.value(Metric.LOSS)).isCloseTo(right + 2.5, within(1e-12));
  }

  @Test
  void aRegressionIsMeasuredInTheTargetsUnit() {
    double[] values = {10, 20, 30, 44};
    LabelledTable table =
        new LabelledTable(
            new Table(List.of(new Column.Numeric("x", new double[] {1, 2, 3, 4}))),
            new Target.Values(values));
    TableData data = TableData.of(table, new int[] {0, 1, 2, 3});
    Measure measure = data.task().measure();
    double mean = 26;
    double deviation = data.scale().orElseThrow().deviation();
    Feeder feeder = data.examples(new int[] {0, 1, 2, 3}).batches(3);
    // A network that answers the mean but for the last row, which it hits.
    for (int step = 0; step < feeder.stepsPerEpoch(); step++) {
      HostData target = feeder.feeds(step).get(Amounts.VALUES);
      float hit = (float) ((44 - mean) / deviation);
      measure.add(step == 0 ? new float[] {0, 0, 0} : new float[] {hit}, target);
    }
    double squares = 16 * 16 + 6 * 6 + 4 * 4;
    assertThat(measure.score().value(Metric.MSE)).isCloseTo(squares / 4, within(1e-3));
    assertThat(measure.score().leading()).isEqualTo(Metric.R2);
    assertThat(measure.score().value(Metric.R2))
        .isCloseTo(1 - squares / (squares + 18 * 18), within(1e-5));
  }

  private static double accuracy(LabelledTable table) {
    TableFold fold = TableFold.of(table, Folds.of(table.target(), 3, 1), 0, 1);
    TableData data = fold.all();
    Recipe recipe = Recipe.standard().withBatchSize(16);
    try (Backend backend = Backends.best(BackendOptions.threads(1));
        Trainer trainer = new Trainer(backend, Mlp.plain(16).network(2), recipe, data, 1)) {
      trainer.run(100, Optional.empty(), TrainingListener.none());
      return trainer.measure(fold.test(data).orElseThrow()).value(Metric.ACCURACY);
    }
  }

  @Test
  void whatCanBeLearntIsLearntAndPermutedLabelsAreNot() {
    LabelledTable table = table();
    assertThat(accuracy(table)).isGreaterThan(0.95);
    double sum = 0;
    for (int seed = 0; seed < 5; seed++) {
      int[] labels = ((Target.Classes) table.target()).labels().clone();
      Philox.of(seed, "permuted").shuffle(labels, 0, labels.length);
      sum +=
          accuracy(
              new LabelledTable(
                  table.features(), new Target.Classes(List.of("no", "yes"), labels)));
    }
    // Of 5 x 35 rows 74 % are of the frequent class: 3 deviations above it are 0.84.
    assertThat(sum / 5).isLessThan(0.84);
  }
}
