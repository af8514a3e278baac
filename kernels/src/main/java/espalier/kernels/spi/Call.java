package espalier.kernels.spi;

import java.util.List;

/**
 * One kernel call of a {@link Program}. The hierarchy is sealed: a backend switches over it, and
 * the compiler lists what a backend still owes when a call is added.
 *
 * <p>Each record states the order of its floating-point operations. CPU backends follow it to the
 * bit; the reference computes the same values in double precision. All products are accumulated
 * with fused multiply-adds. Buffers of one call never overlap, except that an output of {@link Map}
 * may be an input that has the output's shape.
 */
public sealed interface Call {

  /** Buffers the call reads. */
  List<Ref> reads();

  /** Buffers the call writes; each is written whole unless the call says otherwise. */
  List<Ref> writes();

  /**
   * Float elements of scratch memory the call needs beside its operands. A function of the call
   * alone, so that memory is known before anything runs.
   */
  default long scratch() {
    return 0;
  }

  /**
   * Matrix product {@code c[m, n] = Σₖ a[m, k]·b[k, n]}. With {@code transposeA} the buffer {@code
   * a} is {@code [k, m]}, with {@code transposeB} the buffer {@code b} is {@code [n, k]}.
   *
   * <p>Order: one chain over k from zero within each part of {@link Split#ofProducts}.
   */
  record Gemm(int m, int n, int k, boolean transposeA, boolean transposeB, Ref a, Ref b, Ref c)
      implements Call {
    /** How the sum over k is cut. */
    public Split split() {
      return Split.ofProducts(k, Math.multiplyExact(m, n));
    }

    @Override
    public List<Ref> reads() {
      return List.of(a, b);
    }

    @Override
    public List<Ref> writes() {
      return List.of(c);
    }

    @Override
    public long scratch() {
      return split().scratch(Math.multiplyExact(m, n));
    }
  }

  /**
   * Convolution. Order: for each output one chain from zero over (tap row, tap column, input
   * channel). Taps outside the input are skipped, but for tap columns of a depthwise convolution:
   * those read +0 there, which shows only where weights are not finite or sums underflow.
   */
  record Conv2d(Conv2dGeometry geometry, Ref x, Ref w, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(x, w);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * Gradient of a convolution with respect to its input. Order: for each input element one chain
   * from zero over (tap row, tap column, output channel of the group). Taps that no output pixel
   * uses are skipped, but for tap columns of a depthwise convolution that an output pixel beside
   * the output would use: those read dy = +0 there.
   */
  record Conv2dInputGradient(Conv2dGeometry geometry, Ref dy, Ref w, Ref dx) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(dy, w);
    }

    @Override
    public List<Ref> writes() {
      return List.of(dx);
    }

    /** Room for the weights with their two channel axes exchanged, should a backend want it. */
    @Override
    public long scratch() {
      return geometry.isDepthwise() ? 0 : geometry.weightElements();
    }
  }

  /**
   * Gradient of a convolution with respect to its weights. Order: one chain over (image, output
   * row, output column) from zero within each part of {@link Split#ofImages}. Pixels whose tap
   * falls outside the input are skipped, but for tap columns of a depthwise convolution: those read
   * x = +0 there.
   */
  record Conv2dWeightGradient(Conv2dGeometry geometry, Ref x, Ref dy, Ref dw) implements Call {
    /** How the sum over images is cut. */
    public Split split() {
      return Split.ofImages(geometry);
    }

    @Override
    public List<Ref> reads() {
      return List.of(x, dy);
    }

    @Override
    public List<Ref> writes() {
      return List.of(dw);
    }

    @Override
    public long scratch() {
      return split().scratch(geometry.weightElements());
    }
  }

  /**
   * Largest element of each window. Order: row-major over the window, a later element wins only
   * where it is larger or NaN and the best so far is not NaN; so ties go to the first and NaN
   * propagates.
   */
  record MaxPool(Pool2dGeometry geometry, Ref x, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(x);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * {@code dx}: each window's {@code dy} added at the position where {@link MaxPool} of {@code x}
   * found its element, zero elsewhere. Order: windows in row-major order, each adding to dx, which
   * starts at +0.
   */
  record MaxPoolScatter(Pool2dGeometry geometry, Ref x, Ref dy, Ref dx) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(x, dy);
    }

    @Override
    public List<Ref> writes() {
      return List.of(dx);
    }
  }

  /**
   * {@code y}: for each window the element of {@code v} where {@link MaxPool} of {@code x} found
   * its.
   */
  record MaxPoolGather(Pool2dGeometry geometry, Ref x, Ref v, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(x, v);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * Mean of the pixels of each window, padding not counted: the mean of its rows' means. Order: for
   * each row of the window one chain from zero over its pixels, each times {@code 1 / width} in
   * floats; then one over these chains, each times {@code 1 / height}.
   */
  record AveragePool(Pool2dGeometry geometry, Ref x, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(x);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * {@code dx}: each window's {@code dy} divided by its number of pixels and added at each of them.
   * Order: for each element and each row of windows that hold it one chain from zero over these,
   * each times its {@code 1 / width} in floats; then one over these chains, each times their {@code
   * 1 / height}.
   */
  record AveragePoolGradient(Pool2dGeometry geometry, Ref dy, Ref dx) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(dy);
    }

    @Override
    public List<Ref> writes() {
      return List.of(dx);
    }
  }

  /**
   * Mean and biased variance over the rows of {@code x [images · pixels, channels]}, one each per
   * channel.
   *
   * <p>Order: within each part of {@link Split#ofMoments} the sum of the rows in order divided by
   * their number, then {@code M2 = Σ(x − mean)²} as one fused chain in order. Parts are joined as
   * {@link Split#joinInto} with {@code δ = mean_b − mean_a; n = n_a + n_b; mean = fma(δ, n_b / n,
   * mean_a); M2 = M2_a + fma(δ·δ, n_a·(n_b / n), M2_b)} in floats; the variance is {@code M2 /
   * rows} [Chan, Golub, LeVeque 1983].
   */
  record Moments(int images, int pixels, int channels, Ref x, Ref mean, Ref variance)
      implements Call {
    /** Elements of each channel. */
    public int rows() {
      return Math.multiplyExact(images, pixels);
    }

    /** How the rows are cut. */
    public Split split() {
      return Split.ofMoments(images, pixels);
    }

    @Override
    public List<Ref> reads() {
      return List.of(x);
    }

    @Override
    public List<Ref> writes() {
      return List.of(mean, variance);
    }

    @Override
    public long scratch() {
      return split().scratch(2 * channels);
    }
  }

  /**
   * Evaluates an expression at each point of {@code shape} and stores result {@code r} in {@code
   * outputs.get(r)}, contiguous over the shape.
   */
  record Map(Dims shape, Expr expr, List<Operand> inputs, List<Ref> outputs) implements Call {
    public Map {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    @Override
    public List<Ref> reads() {
      return inputs.stream().map(Operand::ref).toList();
    }

    @Override
    public List<Ref> writes() {
      return outputs;
    }
  }

  /**
   * Evaluates an expression at each point of {@code shape} and reduces each result over axes {@code
   * from … to − 1}; the axes before and after remain, and outputs are contiguous over them.
   *
   * <p>Order, for each output, with the reduced elements numbered in row-major order and cut by
   * {@link #split}: where axes after {@code to} hold more than one element, each part is one chain
   * from the identity in order. Otherwise each part is {@value #LANES} chains from the identity,
   * element {@code e} of the part belonging to chain {@code e mod 16}, joined as chain {@code i}
   * takes in chain {@code i + 8}, then {@code + 4}, {@code + 2}, {@code + 1}. Parts are joined as
   * {@link Split#joinInto}. The identity is +0 for sums and −∞ for maxima.
   */
  record Reduce(
      Kind kind, Dims shape, int from, int to, Expr expr, List<Operand> inputs, List<Ref> outputs)
      implements Call {
    /** Chains of a part of a reduction along the innermost axis, whatever the vector width. */
    public static final int LANES = 16;

    public Reduce {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    /** What joins two elements. */
    public enum Kind {
      /** Sum. */
      SUM,
      /** Largest, as {@link Math#max(float, float)}. */
      MAX
    }

    /** Elements reduced into each output. */
    public int reduced() {
      return shape.product(from, to);
    }

    /** Elements of each output. */
    public int kept() {
      return shape.product(0, from) * shape.product(to, shape.rank());
    }

    /** How the reduced elements are cut. */
    public Split split() {
      boolean byRows = from == 0 && to > 1 && to < shape.rank();
      return byRows
          ? Split.ofReduction(shape.get(0), shape.product(1, to))
          : Split.ofReduction(reduced());
    }

    @Override
    public List<Ref> reads() {
      return inputs.stream().map(Operand::ref).toList();
    }

    @Override
    public List<Ref> writes() {
      return outputs;
    }

    @Override
    public long scratch() {
      return split().scratch(kept()) * outputs.size();
    }
  }

  /**
   * Softmax of each row of {@code x [rows, columns]}, or its logarithm. Order: m = the row's
   * maximum; s = the sum of {@code exp(x − m)} as {@link Reduce} sums along the innermost axis;
   * then {@code exp(x − m) / s}, or {@code (x − m) − log(s)}.
   */
  record Softmax(int rows, int columns, boolean logarithm, Ref x, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(x);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * Copies a box of elements: position {@code (i₀, i₁, …)} inside {@code extents} from {@code
   * sourceOffset + Σ iₐ·sourceStrides(a)} to {@code targetOffset + Σ iₐ·targetStrides(a)}. Writes
   * only those elements of the target.
   */
  record Copy(
      Dims extents,
      Ref source,
      int sourceOffset,
      Dims sourceStrides,
      Ref target,
      int targetOffset,
      Dims targetStrides)
      implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(source);
    }

    @Override
    public List<Ref> writes() {
      return List.of(target);
    }
  }

  /** Sets every element of {@code y} to {@code value}. */
  record Fill(double value, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of();
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * {@code y [rows, classes]}: 1 in the column named by the row's label, 0 elsewhere; a row whose
   * label is not a class is all 0.
   */
  record OneHot(int rows, int classes, Ref labels, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(labels);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * Rows of a table: {@code y [rows, width]} is in row r the row {@code indices[r]} of {@code table
   * [entries, width]}; a row whose index is no entry is all 0.
   */
  record GatherRows(int rows, int entries, int width, Ref indices, Ref table, Ref y)
      implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(indices, table);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }

  /**
   * The transpose of {@link GatherRows}: row r of {@code dy [rows, width]} is added to the row
   * {@code indices[r]} of {@code table [entries, width]}; a row whose index is no entry is left
   * out. Order: for each element one chain of additions from +0 over r.
   */
  record ScatterRows(int rows, int entries, int width, Ref indices, Ref dy, Ref table)
      implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(indices, dy);
    }

    @Override
    public List<Ref> writes() {
      return List.of(table);
    }
  }

  /**
   * Uniform numbers in [0, 1), multiples of 2⁻²⁴. {@code key} holds four integers: the two halves
   * of a seed (low first) and the two halves of a step. Element {@code e} is {@code (word >>>
   * 8)·2⁻²⁴} of word {@code e mod 4} of Philox4x32-10 with counter {@code (e / 4, step low, step
   * high, stream)} and the seed as key [Salmon et al. 2011].
   */
  record Uniform(int stream, int elements, Ref key, Ref y) implements Call {
    @Override
    public List<Ref> reads() {
      return List.of(key);
    }

    @Override
    public List<Ref> writes() {
      return List.of(y);
    }
  }
}
