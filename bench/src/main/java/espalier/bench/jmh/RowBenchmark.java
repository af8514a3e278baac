package espalier.bench.jmh;

import espalier.bench.Rows;
import espalier.bench.Work;
import org.openjdk.jmh.annotations.Param;

/** The rows of the comparison: layers forward and backward, cells, whole steps. */
public class RowBenchmark extends WorkBenchmark {
  /** The work. */
  @Param public Rows row = Rows.GEMM_384;

  @Override
  Work work() {
    return row.row();
  }
}
