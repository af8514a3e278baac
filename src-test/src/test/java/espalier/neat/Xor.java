package espalier.neat;

import espalier.core.neat.EvolvedNetwork;
import espalier.core.neat.Genome;
import espalier.core.neat.GenomeSpace;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;
import java.util.List;

/** Networks that are to answer whether one of two inputs is 1 and the other 0. */
final class Xor implements Estimator<Genome> {
  static final GenomeSpace SPACE = GenomeSpace.feedForward("xor", 2, 1);

  private static final List<String> NAMES = List.of("fitness", "solved");

  /** (4 - Σ|error|)², and whether each answer lies on the right side of a half. */
  @Override
  public Outcome estimate(Trial<Genome> trial) {
    EvolvedNetwork network = SPACE.network(trial.candidate());
    double error = 0;
    boolean isSolved = true;
    for (int row = 0; row < 4; row++) {
      int first = row & 1;
      int second = row >> 1;
      double answer = network.activate(first, second)[0];
      error += Math.abs(answer - (first ^ second));
      isSolved &= answer >= 0.5 == (first != second);
    }
    return new Outcome.Measured(Metrics.of(NAMES, (4 - error) * (4 - error), isSolved ? 1 : 0));
  }
}
