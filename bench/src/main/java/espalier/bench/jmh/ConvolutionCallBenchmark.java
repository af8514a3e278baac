package espalier.bench.jmh;

import espalier.bench.Convolution;
import espalier.bench.ConvolutionCall;
import espalier.bench.Rows;
import espalier.bench.Work;
import org.openjdk.jmh.annotations.Param;

/** The three kernel calls of each convolution of the comparison. */
public class ConvolutionCallBenchmark extends WorkBenchmark {
  /** A row that is a convolution. */
  @Param({
    "DENSE_16",
    "DENSE_32",
    "DENSE_64",
    "DENSE_128",
    "POINTWISE_16",
    "POINTWISE_32",
    "POINTWISE_64",
    "POINTWISE_128",
    "DEPTHWISE_3",
    "DEPTHWISE_5",
    "DILATED_3",
    "DILATED_5"
  })
  public Rows shape = Rows.DENSE_16;

  /** What is computed. */
  @Param public ConvolutionCall.Pass pass = ConvolutionCall.Pass.FORWARD;

  @Override
  Work work() {
    return new ConvolutionCall((Convolution) shape.row(), pass);
  }
}
