package espalier.core.train;

import espalier.core.data.LabelledTable;
import espalier.core.data.Target;
import espalier.core.io.TableInput;
import espalier.core.io.TargetScale;
import espalier.core.nn.FeedSpec;
import espalier.core.random.Philox;
import espalier.kernels.spi.HostData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of a table to learn from, encoded as measured on these rows alone. The rows that epochs and
 * candidates are compared on are encoded by the same measure.
 */
public final class TableData implements TaskData {
  private final LabelledTable table;
  private final TableInput input;
  private final Optional<TargetScale> scale;
  private final Task task;
  private final int[] trained;
  private final Rows train;
  private final Optional<Rows> kept;

  private TableData(
      LabelledTable table,
      TableInput input,
      Optional<TargetScale> scale,
      int[] trained,
      Rows train,
      Optional<Rows> kept) {
    this.table = table;
    this.input = input;
    this.scale = scale;
    this.trained = trained;
    this.train = train;
    this.kept = kept;
    this.task =
        switch (table.target()) {
          case Target.Classes classes -> Classes.ofRows(input.width(), classes.names().size());
          case Target.Values _ -> new Amounts(FeedSpec.rows(input.width()), scale.orElseThrow());
        };
  }

  /** Rows to learn from, and none to compare on. */
  public static TableData of(LabelledTable table, int[] train) {
    TableInput input = TableInput.fit(table.features().rows(train));
    Optional<TargetScale> scale =
        switch (table.target()) {
          case Target.Classes _ -> Optional.empty();
          case Target.Values(double[] values) ->
              Optional.of(
                  TargetScale.fit(Arrays.stream(train).mapToDouble(row -> values[row]).toArray()));
        };
    Rows rows = Rows.of(table, input, scale, train);
    return new TableData(table, input, scale, train.clone(), rows, Optional.empty());
  }

  /** Rows to learn from, and others to compare on. */
  public static TableData of(LabelledTable table, int[] train, int[] valid) {
    TableData data = of(table, train);
    return new TableData(
        table, data.input, data.scale, data.trained, data.train, Optional.of(data.rows(valid)));
  }

  /** What a network takes in. */
  public TableInput input() {
    return input;
  }

  /** How its answers are scaled, in a regression. */
  public Optional<TargetScale> scale() {
    return scale;
  }

  @Override
  public Task task() {
    return task;
  }

  @Override
  public int size() {
    return train.count;
  }

  @Override
  public Feeder training(Recipe recipe, long seed) {
    return new Shuffled(train, recipe.batchSize(), seed);
  }

  @Override
  public Optional<Examples> valid() {
    return kept.map(Rows::examples);
  }

  /** Any rows of the table, encoded as these data are, to be measured on. */
  public Examples examples(int[] rows) {
    return rows(rows).examples();
  }

  /** All rows of another table, encoded as these data are, to be measured on. */
  public Examples examples(LabelledTable other) {
    return Rows.of(other, input, scale, IntStream.range(0, other.rows()).toArray()).examples();
  }

  private Rows rows(int[] chosen) {
    return Rows.of(table, input, scale, chosen);
  }

  /** {@inheritDoc} Those whose numbers come first; the encoding stays. */
  @Override
  public TableData first(int examples) {
    int[] some = Arrays.copyOf(trained, examples);
    return new TableData(table, input, scale, some, rows(some), kept);
  }

  @Override
  public TableData withoutValid() {
    return new TableData(table, input, scale, trained, train, Optional.empty());
  }

  /** Encoded rows, in order. */
  private static final class Rows {
    private final int count;
    private final float[] inputs;
    private final String target;
    private final int[] labels;
    private final float[] values;

    private Rows(int count, float[] inputs, String target, int[] labels, float[] values) {
      this.count = count;
      this.inputs = inputs;
      this.target = target;
      this.labels = labels;
      this.values = values;
    }

    static Rows of(
        LabelledTable table, TableInput input, Optional<TargetScale> scale, int[] chosen) {
      float[] inputs = input.encode(table.features().rows(chosen));
      return switch (table.target()) {
        case Target.Classes(var _, int[] labels) ->
            new Rows(
                chosen.length,
                inputs,
                Classes.LABELS,
                Arrays.stream(chosen).map(row -> labels[row]).toArray(),
                new float[0]);
        case Target.Values(double[] values) -> {
          float[] scaled = new float[chosen.length];
          for (int i = 0; i < scaled.length; i++) {
            scaled[i] = scale.orElseThrow().scaled(values[chosen[i]]);
          }
          yield new Rows(chosen.length, inputs, Amounts.VALUES, new int[0], scaled);
        }
      };
    }

    Map<String, HostData> feeds(int[] order, int from, int rows) {
      int width = inputs.length / count;
      float[] input = new float[rows * width];
      int[] classes = new int[labels.length == 0 ? 0 : rows];
      float[] amounts = new float[values.length == 0 ? 0 : rows];
      for (int i = 0; i < rows; i++) {
        int row = order[from + i];
        System.arraycopy(inputs, row * width, input, i * width, width);
        if (classes.length > 0) {
          classes[i] = labels[row];
        } else {
          amounts[i] = values[row];
        }
      }
      Map<String, HostData> feeds = new LinkedHashMap<>();
      feeds.put(FeedSpec.ROWS, HostData.of(input));
      feeds.put(target, classes.length > 0 ? HostData.of(classes) : HostData.of(amounts));
      return feeds;
    }

    Examples examples() {
      return batchSize -> new InOrder(this, Math.min(batchSize, count));
    }
  }

  /** Batches in a new random order each epoch; what does not fill one is left out. */
  private static final class Shuffled implements Feeder {
    private final Rows rows;
    private final int batchSize;
    private final Philox random;
    private long epoch = -1;
    private int[] order = {};

    Shuffled(Rows rows, int batchSize, long seed) {
      if (batchSize > rows.count) {
        throw new IllegalArgumentException(
            "batches of %d rows need at least as many to learn from, found %d"
                .formatted(batchSize, rows.count));
      }
      this.rows = rows;
      this.batchSize = batchSize;
      this.random = Philox.of(seed, "epoch order");
    }

    @Override
    public int stepsPerEpoch() {
      return rows.count / batchSize;
    }

    @Override
    public int rows(long step) {
      return batchSize;
    }

    @Override
    public Map<String, HostData> feeds(long step) {
      long wanted = step / stepsPerEpoch();
      if (wanted != epoch) {
        epoch = wanted;
        order = random.step(epoch).permutation(rows.count);
      }
      return rows.feeds(order, (int) (step % stepsPerEpoch()) * batchSize, batchSize);
    }
  }

  /** Batches in order, the last one smaller where rows are left. */
  private static final class InOrder implements Feeder {
    private final Rows rows;
    private final int batchSize;
    private final int[] order;

    InOrder(Rows rows, int batchSize) {
      this.rows = rows;
      this.batchSize = batchSize;
      this.order = IntStream.range(0, rows.count).toArray();
    }

    @Override
    public int stepsPerEpoch() {
      return Math.ceilDiv(rows.count, batchSize);
    }

    @Override
    public int rows(long step) {
      return Math.min(batchSize, rows.count - (int) step * batchSize);
    }

    @Override
    public Map<String, HostData> feeds(long step) {
      return rows.feeds(order, (int) step * batchSize, rows(step));
    }
  }
}
