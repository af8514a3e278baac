package espalier.core.predict;

import java.util.List;

/** Several answers to one question. */
final class Ensemble {
  private Ensemble() {}

  /** The mean and the deviation, with n in the denominator, of the members' answers, restored. */
  static <X> UncertainFit.Prediction predict(List<Fit<X>> members, X input, Standardised standard) {
    double[] answers = members.stream().mapToDouble(member -> member.mean(input)).toArray();
    Standardised spread = Standardised.of(answers);
    boolean equal = Cholesky.dot(spread.values(), spread.values(), answers.length) == 0;
    return new UncertainFit.Prediction(
        standard.restore(spread.mean()), equal ? 0 : standard.scale() * spread.scale());
  }
}
