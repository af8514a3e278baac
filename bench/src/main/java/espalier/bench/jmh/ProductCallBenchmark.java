package espalier.bench.jmh;

import espalier.bench.ProductCall;
import espalier.bench.Work;
import org.openjdk.jmh.annotations.Param;

/** The four kernel calls of a matrix product. */
public class ProductCallBenchmark extends WorkBenchmark {
  /** Extent of the matrices. */
  @Param({"384", "768", "1536"})
  public int n;

  /** Whether the left operand is transposed. */
  @Param({"false", "true"})
  public boolean transposeA;

  /** Whether the right operand is transposed. */
  @Param({"false", "true"})
  public boolean transposeB;

  @Override
  Work work() {
    return new ProductCall(n, transposeA, transposeB);
  }
}
