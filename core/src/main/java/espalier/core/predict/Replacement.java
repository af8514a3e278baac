package espalier.core.predict;

import espalier.core.statistics.RankCorrelation;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a predictor may stand in for training: not while the mere number of parameters ranks the
 * same networks better.
 *
 * @param predictor how the predictor ranks networks that it has not learnt from
 * @param parameters how the number of parameters ranks them
 */
public record Replacement(RankCorrelation predictor, RankCorrelation parameters) {

  /** Why it may not, or empty if it may. */
  public Optional<String> objection() {
    // A predictor that answers all alike has no coefficient, and no business either.
    return predictor.value() >= parameters.value()
        ? Optional.empty()
        : Optional.of(
            "predictor: Kendall's tau is %s, expected at least that of the parameters alone, %s"
                .formatted(print(predictor), print(parameters)));
  }

  private static String print(RankCorrelation correlation) {
    return String.format(Locale.ROOT, "%.3f", correlation.value());
  }
}
