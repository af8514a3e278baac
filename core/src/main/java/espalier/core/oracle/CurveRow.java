package espalier.core.oracle;

import espalier.core.nn.NetworkCounts;
import espalier.core.oracle.CurveTraining.Curve;
import espalier.core.oracle.CurveTraining.Point;
import espalier.core.train.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A training as a line of a table of learning curves: fields separated by commas. */
public final class CurveRow {
  private static final List<String> HEAD = List.of("arch", "seed", "params", "macs", "seconds");

  /** What is measured after each epoch; a column is called by it and {@code _e} and the epoch. */
  private static final List<String> MEASURED =
      List.of("steploss", "train", "trainloss", "valid", "validloss", "test", "testloss");

  private CurveRow() {}

  /** The names of the columns. */
  public static List<String> columns(int epochs) {
    List<String> columns = new ArrayList<>(HEAD);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (String metric : MEASURED) {
        columns.add(metric + "_e" + epoch);
      }
    }
    return columns;
  }

  /** A training's line, to four decimals; the seconds of an epoch are its last head field. */
  public static String of(String architecture, long seed, NetworkCounts counts, Curve curve) {
    List<String> fields = new ArrayList<>();
    fields.add('"' + architecture + '"');
    fields.add(Long.toString(seed));
    fields.add(Long.toString(counts.parameters()));
    fields.add(Long.toString(counts.multiplyAccumulates()));
    fields.add(decimal(curve.seconds()));
    for (Point point : curve.points()) {
      fields.add(decimal(point.stepLoss()));
      fields.add(decimal(point.train().value(Metric.ACCURACY)));
      fields.add(decimal(point.train().value(Metric.LOSS)));
      fields.add(decimal(point.valid().value(Metric.ACCURACY)));
      fields.add(decimal(point.valid().value(Metric.LOSS)));
      fields.add(decimal(point.test().value(Metric.ACCURACY)));
      fields.add(decimal(point.test().value(Metric.LOSS)));
    }
    return String.join(",", fields);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
