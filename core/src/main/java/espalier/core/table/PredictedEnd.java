package espalier.core.table;

import espalier.core.predict.CurveFit;
import espalier.core.search.Estimator;
import espalier.core.search.Metrics;
import espalier.core.search.Outcome;
import espalier.core.search.Trial;

/**
 * Says from the beginning of a training how good its end will be: what a trial at low fidelity is
 * worth to a search.
 *
 * @param signal what is made of the part of the curve that is seen
 */
public record PredictedEnd<A>(CurveEstimator<A> curves, Signal signal) implements Estimator<A> {
  /** What is measured; larger is better. */
  public static final String PREDICTED = "predicted";

  private static final String ACCURACY = "valid";
  private static final String STEP_LOSS = "steploss";

  /** What is made of a curve. */
  public enum Signal {
    /** The last accuracy. */
    LAST {
      @Override
      double of(double[] accuracies, double[] losses, int epochs) {
        return accuracies[accuracies.length - 1];
      }
    },

    /** The accuracy at the end, extrapolated. */
    EXTRAPOLATED {
      @Override
      double of(double[] accuracies, double[] losses, int epochs) {
        return accuracies.length == epochs
            ? accuracies[epochs - 1]
            : CurveFit.extrapolate(epochs, accuracies);
      }
    },

    /** Minus the sum of all training losses [Ru, Lyle, Schut, Fil, van der Wilk, Gal 2021]. */
    SUM_OF_LOSSES {
      @Override
      double of(double[] accuracies, double[] losses, int epochs) {
        double sum = 0;
        for (double loss : losses) {
          sum -= loss;
        }
        return sum;
      }
    },

    /** Minus the training losses of the last epoch alone. */
    LAST_LOSSES {
      @Override
      double of(double[] accuracies, double[] losses, int epochs) {
        return -losses[losses.length - 1];
      }
    };

    abstract double of(double[] accuracies, double[] losses, int epochs);
  }

  @Override
  public Outcome estimate(Trial<A> trial) {
    double predicted =
        signal.of(curves.curve(trial, ACCURACY), curves.curve(trial, STEP_LOSS), curves.epochs());
    return new Outcome.Measured(Metrics.of(PREDICTED, predicted));
  }

  @Override
  public Metrics known(A candidate) {
    return curves.known(candidate);
  }

  @Override
  public long cost(Trial<A> trial) {
    return curves.cost(trial);
  }

  @Override
  public boolean isStationary() {
    return curves.isStationary();
  }
}
