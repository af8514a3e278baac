package espalier.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import espalier.core.compose.Decision;
import espalier.core.predict.CurveFamily;
import espalier.core.predict.CurveFit;
import espalier.core.random.Philox;
import espalier.core.search.Fidelity;
import espalier.core.search.Outcome;
import espalier.core.search.Start;
import espalier.core.search.Trial;
import espalier.core.statistics.RankCorrelation;
import espalier.core.table.CurveEstimator;
import espalier.core.table.CurveTable;
import espalier.core.table.PredictedEnd;
import espalier.core.table.PredictedEnd.Signal;
import espalier.datasets.PocketOracle;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is fitted to the beginning of a learning curve, and what it says of the end. */
final class CurveFitTest {
  private static final int SEEN = 12;
  private static final int END = 50;

  /** A curve of the family, of numbers that none of its grids holds. */
  private static DoubleUnaryOperator planted(CurveFamily family) {
    return switch (family) {
      case POW3 -> x -> 0.93 - 0.61 * Math.pow(x, -0.77);
      case EXP3 -> x -> 0.81 - 0.5 * Math.exp(-0.13 * x);
      case POW4 -> x -> 0.9 - Math.pow(0.7 * x + 1.3, -0.9);
      case WEIBULL -> x -> 0.85 - 0.6 * Math.exp(-Math.pow(0.11 * x, 0.7));
      case MMF -> x -> 0.88 - 0.7 / (1 + Math.pow(0.21 * x, 1.3));
      case ILOG2 -> x -> 0.95 - 0.37 / Math.log(x + 1);
      case LOG_LINEAR -> x -> 0.2 + 0.13 * Math.log(x);
      case HILL -> x -> 0.9 * Math.pow(x, 1.2) / (Math.pow(3.3, 1.2) + Math.pow(x, 1.2));
    };
  }

  private static double[] seen(DoubleUnaryOperator curve, int epochs) {
    return IntStream.rangeClosed(1, epochs).mapToDouble(curve::applyAsDouble).toArray();
  }

  @ParameterizedTest
  @EnumSource(CurveFamily.class)
  void aPlantedCurveIsFoundAgain(CurveFamily family) {
    DoubleUnaryOperator curve = planted(family);
    CurveFit fit = CurveFit.of(family, seen(curve, SEEN)).orElseThrow();
    assertThat(Math.sqrt(fit.error())).isLessThan(5e-4);
    assertThat(fit.at(END)).isCloseTo(curve.applyAsDouble(END), within(0.02));
  }

  @ParameterizedTest
  @EnumSource(CurveFamily.class)
  void whatEndsAPlantedCurveIsSaidMuchBetterThanByItsLastValue(CurveFamily family) {
    DoubleUnaryOperator curve = planted(family);
    Philox noise = Philox.of(1, "noise");
    double[] values = seen(curve, SEEN);
    for (int i = 0; i < values.length; i++) {
      values[i] += 0.002 * noise.normal(i);
    }
    double truth = curve.applyAsDouble(END);
    double last = Math.abs(values[SEEN - 1] - truth);
    assertThat(Math.abs(CurveFit.extrapolate(END, values) - truth)).isLessThan(0.6 * last);
  }

  @Test
  void tooFewValuesAreNotFitted() {
    assertThat(CurveFit.of(CurveFamily.MMF, 0.1, 0.2, 0.3, 0.35)).isEmpty();
    assertThat(CurveFit.extrapolate(9, 0.1, 0.2)).isEqualTo(0.2);
  }

  /** How the signals rank networks after some epochs: Kendall's tau with the mean at the end. */
  private static double tau(Signal signal, int epochs) {
    CurveTable<Decision> table = PocketOracle.curves();
    CurveEstimator<Decision> curves = new CurveEstimator<>(table, List.of("valid"), List.of(), 1);
    PredictedEnd<Decision> estimator = new PredictedEnd<>(curves, signal);
    List<Decision> networks = someOf(table);
    double[] predicted = new double[networks.size()];
    double[] ends = new double[networks.size()];
    for (int i = 0; i < predicted.length; i++) {
      Trial<Decision> trial =
          new Trial<>(i, networks.get(i), new Fidelity(epochs, 9), new Start.Fresh());
      predicted[i] =
          ((Outcome.Measured) estimator.estimate(trial))
              .metrics()
              .find(PredictedEnd.PREDICTED)
              .orElseThrow();
      ends[i] = table.mean(networks.get(i), "test");
    }
    return RankCorrelation.kendall(predicted, ends).value();
  }

  /** Every fourth network, and not always of the same wiring. */
  private static List<Decision> someOf(CurveTable<Decision> table) {
    return IntStream.range(0, table.architectures().size() / 4)
        .mapToObj(i -> table.architectures().get(4 * i + i / 4 % 4))
        .toList();
  }

  /** The figures are in the documentation. */
  @Test
  void signalsOfHalfATrainingRankNetworks() {
    for (Signal signal : Signal.values()) {
      assertThat(tau(signal, 6)).as(signal.name()).isGreaterThan(0.5);
    }
    assertThat(tau(Signal.LAST, 6)).isGreaterThan(tau(Signal.LAST, 1));
  }
}
