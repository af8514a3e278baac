package espalier.kernels;

import espalier.kernels.SabotagedBackend.Run;
import espalier.kernels.spi.Backend;
import espalier.kernels.spi.BackendOptions;
import espalier.kernels.spi.Call;
import espalier.kernels.spi.Conv2dGeometry;
import espalier.kernels.spi.Pool2dGeometry;
import espalier.kernels.spi.Ref;
import java.util.Arrays;

/** Backends with one mistake each, of the kinds real kernels have had. */
final class Mutants {
  private Mutants() {}

  /** Has none: shows that the wrapping itself is innocent. */
  static final class Innocent implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.miscompiling(options, call -> call);
    }
  }

  /** Takes {@code a} for its transpose. */
  static final class SwapsATranspose implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.miscompiling(
          options,
          call ->
              call instanceof Call.Gemm g
                  ? new Call.Gemm(
                      g.m(), g.n(), g.k(), !g.transposeA(), g.transposeB(), g.a(), g.b(), g.c())
                  : call);
    }
  }

  /** Puts the window of each convolution on the first pixel. */
  static final class IgnoresPadding implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.miscompiling(
          options,
          call ->
              switch (call) {
                case Call.Conv2d(var g, Ref x, Ref w, Ref y) ->
                    new Call.Conv2d(unpadded(g), x, w, y);
                case Call.Conv2dInputGradient(var g, Ref dy, Ref w, Ref dx) ->
                    new Call.Conv2dInputGradient(unpadded(g), dy, w, dx);
                case Call.Conv2dWeightGradient(var g, Ref x, Ref dy, Ref dw) ->
                    new Call.Conv2dWeightGradient(unpadded(g), x, dy, dw);
                default -> call;
              });
    }

    private static Conv2dGeometry unpadded(Conv2dGeometry g) {
      return new Conv2dGeometry(
          g.batch(),
          g.inHeight(),
          g.inWidth(),
          g.inChannels(),
          g.outHeight(),
          g.outWidth(),
          g.outChannels(),
          g.kernelHeight(),
          g.kernelWidth(),
          g.strideHeight(),
          g.strideWidth(),
          0,
          0,
          g.dilationHeight(),
          g.dilationWidth(),
          g.groups());
    }
  }

  /** Leaves what no whole vector of eight covers as it was. */
  static final class ForgetsTheTail implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.falsifying(
          options,
          (run, ref) -> {
            double[] numbers = run.numbers(ref);
            if (run.writes(ref)) {
              Arrays.fill(numbers, numbers.length / 8 * 8, numbers.length, Double.NaN);
            }
            return numbers;
          });
    }
  }

  /** Rounds the results of element-wise calls the wrong way. */
  static final class IsOffByOneUlp implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.falsifying(
          options,
          (run, ref) -> {
            double[] numbers = run.numbers(ref);
            if (run.call() instanceof Call.Map && run.writes(ref)) {
              Arrays.setAll(numbers, i -> Math.nextUp((float) numbers[i]));
            }
            return numbers;
          });
    }
  }

  /** Multiplies matrices with half as many digits. */
  static final class MultipliesInHalfPrecision implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.falsifying(
          options,
          (run, ref) -> {
            double[] numbers = run.numbers(ref);
            if (run.call() instanceof Call.Gemm && run.writes(ref)) {
              Arrays.setAll(numbers, i -> numbers[i] * (1 + 0x1p-11));
            }
            return numbers;
          });
    }
  }

  /** Stores one element more than it was asked to. */
  static final class WritesBeyondItsOutput implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.falsifying(
          options,
          (run, ref) -> {
            double[] numbers = run.numbers(ref);
            if (ref.id() > 0 && run.writes(new Ref(ref.id() - 1))) {
              numbers[0] = 0;
            }
            return numbers;
          });
    }
  }

  /** Gives the last of equal elements what belongs to the first. */
  static final class BreaksTiesLast implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.falsifying(
          options,
          (run, ref) ->
              run.call() instanceof Call.MaxPoolGather gather && gather.y().equals(ref)
                  ? lastOfEqual(run, gather)
                  : run.numbers(ref));
    }

    private static double[] lastOfEqual(Run run, Call.MaxPoolGather gather) {
      Pool2dGeometry g = gather.geometry();
      double[] x = run.numbers(gather.x());
      double[] v = run.numbers(gather.v());
      double[] y = run.numbers(gather.y());
      for (int out = 0; out < y.length; out++) {
        int pixel = out / g.channels();
        int top = pixel / g.outWidth() % g.outHeight() * g.strideHeight() - g.padTop();
        int left = pixel % g.outWidth() * g.strideWidth() - g.padLeft();
        int image = pixel / g.outWidth() / g.outHeight();
        double best = Double.NEGATIVE_INFINITY;
        for (int row = Math.max(0, top);
            row < Math.min(g.inHeight(), top + g.kernelHeight());
            row++) {
          for (int column = Math.max(0, left);
              column < Math.min(g.inWidth(), left + g.kernelWidth());
              column++) {
            int in =
                ((image * g.inHeight() + row) * g.inWidth() + column) * g.channels()
                    + out % g.channels();
            if (x[in] >= best) {
              best = x[in];
              y[out] = v[in];
            }
          }
        }
      }
      return y;
    }
  }

  /** Takes the variance for the mean square less the squared mean, in floats. */
  static final class SumsSquaresInOnePass implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.falsifying(
          options,
          (run, ref) ->
              run.call() instanceof Call.Moments moments && moments.variance().equals(ref)
                  ? onePass(run, moments)
                  : run.numbers(ref));
    }

    private static double[] onePass(Run run, Call.Moments moments) {
      double[] x = run.numbers(moments.x());
      double[] variances = new double[moments.channels()];
      for (int channel = 0; channel < variances.length; channel++) {
        float sum = 0;
        float squares = 0;
        for (int row = 0; row < moments.rows(); row++) {
          float value = (float) x[row * moments.channels() + channel];
          sum += value;
          squares += value * value;
        }
        float mean = sum / moments.rows();
        variances[channel] = squares / moments.rows() - mean * mean;
      }
      return variances;
    }
  }

  /** Divides the first average by the whole height of the kernel, padding included. */
  static final class CountsPadding implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.falsifying(
          options,
          (run, ref) -> {
            double[] numbers = run.numbers(ref);
            if (run.call() instanceof Call.AveragePool pool && run.writes(ref)) {
              Pool2dGeometry g = pool.geometry();
              if (g.padTop() > 0 && g.inHeight() + g.padTop() >= g.kernelHeight()) {
                numbers[0] *= (double) (g.kernelHeight() - g.padTop()) / g.kernelHeight();
              }
            }
            return numbers;
          });
    }
  }

  /** Tells nobody what it allocates. */
  static final class HidesItsMemory implements BackendContract {
    @Override
    public Backend open(BackendOptions options) {
      return SabotagedBackend.miscompiling(BackendOptions.threads(options.threads()), call -> call);
    }
  }
}
