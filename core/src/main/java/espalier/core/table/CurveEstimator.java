package espalier.core.table;

import espalier.core.random.Philox;
import espalier.core.search.Estimator;
import espalier.core.search.Fidelity;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers with what a training measured that was done before: a trial that begins from nothing
 * draws one of the seeds, one that continues another stays with the seed of that one. Fidelity is a
 * number of epochs, and so is a trial's cost: continuing costs the epochs that are added.
 */
public final class CurveEstimator<A> implements Estimator<A> {
  private final CurveTable<A> table;
  private final List<String> measured;
  private final List<String> known;
  private final Map<String, Map<A, Double>> constants = new HashMap<>();
  private final Philox random;

  /**
   * An estimator that measures curves.
   *
   * @param measured what a trial measures: curves of the table
   * @param known what is known without one, and measured too: columns of the table
   * @param seed of the draws
   */
  public CurveEstimator(CurveTable<A> table, List<String> measured, List<String> known, long seed) {
    this.table = table;
    this.measured = List.copyOf(measured);
    this.known = List.copyOf(known);
    this.random = Philox.of(seed, "curves");
    known.forEach(column -> constants.put(column, table.constants(column)));
  }

  @Override
  public Outcome estimate(Trial<A> trial) {
    A candidate = trial.candidate();
    int seed = seed(trial);
    int epoch = epochs(trial.fidelity());
    List<String> names = new ArrayList<>(measured);
    names.addAll(known);
    double[] values = new double[names.size()];
    for (int i = 0; i < measured.size(); i++) {
      values[i] = table.value(candidate, seed, measured.get(i), epoch);
    }
    for (int i = 0; i < known.size(); i++) {
      values[measured.size() + i] = constant(candidate, known.get(i));
    }
    return new Outcome.Measured(Metrics.of(names, values));
  }

  /** A curve of the training that a trial sees, as far as its fidelity goes. */
  public double[] curve(Trial<A> trial, String metric) {
    return table.curve(trial.candidate(), seed(trial), metric, epochs(trial.fidelity()));
  }

  /** Epochs of a full training. */
  public int epochs() {
    return table.epochs();
  }

  private int seed(Trial<A> trial) {
    return random.trial(first(trial)).below(0, table.seeds());
  }

  private static long first(Trial<?> trial) {
    return trial.start() instanceof Start.Continue before ? before.first() : trial.number();
  }

  private int epochs(Fidelity fidelity) {
    return Math.clamp(Math.round(fidelity.share() * table.epochs()), 1, table.epochs());
  }

  private double constant(A candidate, String column) {
    return constants.getOrDefault(column, Map.of()).getOrDefault(candidate, Double.NaN);
  }

  @Override
  public Metrics known(A candidate) {
    return Metrics.of(
        known, known.stream().mapToDouble(each -> constant(candidate, each)).toArray());
  }

  /** {@inheritDoc} Epochs. */
  @Override
  public long cost(Trial<A> trial) {
    int done = trial.start() instanceof Start.Continue before ? epochs(before.from()) : 0;
    return Math.max(1, epochs(trial.fidelity()) - done);
  }

  /** {@inheritDoc} Here it is not: the same candidate may draw another seed. */
  @Override
  public boolean isStationary() {
    return false;
  }
}
