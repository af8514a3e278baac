package espalier.core.predict;

import java.util.List;

/**
 * A shape that learning curves may have, over x = 1, 2, … epochs: a sum of one or two functions
 * with coefficients that are solved for, and up to two numbers inside them that are searched
 * [Domhan, Springenberg, Hutter 2015].
 */
public enum CurveFamily {
  /** c − a·x^−α. */
  POW3(true, new Range(0.02, 5)) {
    @Override
    double shape(double x, double[] inner) {
      return StrictMath.pow(x, -inner[0]);
    }
  },

  /** c − e^(b−a·x). */
  EXP3(true, new Range(0.005, 5)) {
    @Override
    double shape(double x, double[] inner) {
      return StrictMath.exp(-inner[0] * x);
    }
  },

  /** c − a·(x + s)^−α, which is c − (a·x + b)^−α. */
  POW4(true, new Range(0.02, 5), new Range(0.01, 20)) {
    @Override
    double shape(double x, double[] inner) {
      return StrictMath.pow(x + inner[1], -inner[0]);
    }
  },

  /** c − d·e^−(κ·x)^δ, by Weibull; Janoschek's and exp4 are the same curves otherwise written. */
  WEIBULL(true, new Range(0.01, 5), new Range(0.1, 4)) {
    @Override
    double shape(double x, double[] inner) {
      return StrictMath.exp(-StrictMath.pow(inner[0] * x, inner[1]));
    }
  },

  /** c − d / (1 + (κ·x)^δ), by Morgan, Mercer and Flodin. */
  MMF(true, new Range(0.01, 5), new Range(0.1, 4)) {
    @Override
    double shape(double x, double[] inner) {
      return 1 / (1 + StrictMath.pow(inner[0] * x, inner[1]));
    }
  },

  /** c − a / ln(x + 1). */
  ILOG2(true) {
    @Override
    double shape(double x, double[] inner) {
      return 1 / StrictMath.log(x + 1);
    }
  },

  /** c + a·ln x. */
  LOG_LINEAR(true) {
    @Override
    double shape(double x, double[] inner) {
      return StrictMath.log(x);
    }
  },

  /** θ·x^η / (κ^η + x^η), by Hill; the logarithmic power a / (1 + (x/e^b)^−η) is the same. */
  HILL(false, new Range(0.1, 4), new Range(0.05, 50)) {
    @Override
    double shape(double x, double[] inner) {
      double power = StrictMath.pow(x, inner[0]);
      return power / (StrictMath.pow(inner[1], inner[0]) + power);
    }
  };

  /** Where an inner number is looked for, on a logarithmic scale. */
  record Range(double least, double most) {
    double at(double share) {
      return least * StrictMath.pow(most / least, share);
    }
  }

  private final boolean hasConstant;
  private final List<Range> ranges;

  CurveFamily(boolean hasConstant, Range... ranges) {
    this.hasConstant = hasConstant;
    this.ranges = List.of(ranges);
  }

  abstract double shape(double x, double[] inner);

  boolean hasConstant() {
    return hasConstant;
  }

  int searched() {
    return ranges.size();
  }

  Range range(int index) {
    return ranges.get(index);
  }

  /** How many numbers tell one of its curves from the others: fewer points fit it exactly. */
  public int freedom() {
    return ranges.size() + (hasConstant ? 2 : 1);
  }
}
