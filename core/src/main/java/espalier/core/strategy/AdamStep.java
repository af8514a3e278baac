package espalier.core.strategy;

/** Adam [Kingma and Ba 2015] on a small table of parameters. */
final class AdamStep {
  private static final double FIRST_DECAY = 0.9;
  private static final double SECOND_DECAY = 0.999;
  private static final double EPSILON = 1e-8;

  private final double rate;
  private final double[][] first;
  private final double[][] second;
  private double firstLeft = 1;
  private double secondLeft = 1;

  /** For parameters of the form of {@code like}. */
  AdamStep(double[][] like, double rate) {
    this.rate = rate;
    first = zeros(like);
    second = zeros(like);
  }

  private static double[][] zeros(double[][] like) {
    double[][] zeros = new double[like.length][];
    for (int i = 0; i < like.length; i++) {
      zeros[i] = new double[like[i].length];
    }
    return zeros;
  }

  void descend(double[][] parameters, double[][] gradient) {
    firstLeft *= FIRST_DECAY;
    secondLeft *= SECOND_DECAY;
    for (int i = 0; i < parameters.length; i++) {
      for (int j = 0; j < parameters[i].length; j++) {
        double g = gradient[i][j];
        first[i][j] = FIRST_DECAY * first[i][j] + (1 - FIRST_DECAY) * g;
        second[i][j] = SECOND_DECAY * second[i][j] + (1 - SECOND_DECAY) * g * g;
        double step = first[i][j] / (1 - firstLeft);
        double scale = Math.sqrt(second[i][j] / (1 - secondLeft)) + EPSILON;
        parameters[i][j] -= rate * step / scale;
      }
    }
  }
}
