package espalier.search;

import espalier.core.random.Philox;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Objective;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import espalier.core.space.Cell;
import espalier.core.space.Nb201Operation;
import espalier.core.space.Nb201Space;
import java.util.List;
import java.util.Optional;

/**
 * Made-up accuracies of the cells of NAS-Bench-201, between 0 and 100: each operation has a worth
 * on each edge, and each cell a little luck of its own. Parameters are known without a trial.
 */
final class Landscape implements Estimator<Cell> {
  static final Nb201Space SPACE = Nb201Space.standard();
  static final Objective ACCURACY = Objective.maximise("accuracy");
  static final Objective PARAMETERS = Objective.minimise("parameters");

  private static final List<String> NAMES = List.of("accuracy", "parameters");
  private static final Philox WORTH = Philox.of(5, "worth");
  private static final double LUCK = 10;

  /** How much an estimate of little fidelity may fall short. */
  private static final double HASTE = 30;

  /** The mean of the luck and of all worths: what random cells have on average. */
  static double accuracy(Cell cell) {
    int[] choices = SPACE.choices(cell);
    double worth = 0;
    for (int edge = 0; edge < choices.length; edge++) {
      worth += WORTH.trial(edge).uniformDouble(choices[edge]);
    }
    double luck = WORTH.step(1).uniformDouble(SPACE.indexOf(cell));
    return (100 - LUCK) * worth / choices.length + LUCK * luck;
  }

  static double parameters(Cell cell) {
    return cell.nodes().stream()
        .flatMap(List::stream)
        .mapToDouble(edge ->
            switch (edge.operation()) {
              case Nb201Operation.NOR_CONV_3X3 -> 9;
              case Nb201Operation.NOR_CONV_1X1 -> 1;
              default -> 0;
            })
        .sum();
  }

  @Override
  public Outcome estimate(Trial<Cell> trial) {
    Cell cell = trial.candidate();
    double missing = 1 - trial.fidelity().share();
    double blur = HASTE * missing * (WORTH.step(2).uniformDouble(SPACE.indexOf(cell)) - 1);
    return new Outcome.Measured(Metrics.of(NAMES, accuracy(cell) + blur, parameters(cell)));
  }

  @Override
  public Metrics known(Cell candidate) {
    return Metrics.of("parameters", parameters(candidate));
  }

  @Override
  public Optional<Range> range(String metric) {
    return metric.equals("parameters") ? Optional.of(new Range(0, 54)) : Optional.empty();
  }

  /** More for cells with more parameters, so that trials end in another order than they began. */
  @Override
  public long cost(Trial<Cell> trial) {
    return 1 + (long) parameters(trial.candidate());
  }
}
