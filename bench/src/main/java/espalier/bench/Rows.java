package espalier.bench;

/** The rows of the comparison, in the order of the table. */
public enum Rows {
  GEMM_384(new Product(384)),
  GEMM_768(new Product(768)),
  GEMM_1536(new Product(1536)),
  DENSE_16(Convolution.dense(64, 32, 16)),
  DENSE_32(Convolution.dense(64, 16, 32)),
  DENSE_64(Convolution.dense(64, 8, 64)),
  DENSE_128(Convolution.dense(32, 14, 128)),
  POINTWISE_16(Convolution.pointwise(64, 32, 16)),
  POINTWISE_32(Convolution.pointwise(64, 16, 32)),
  POINTWISE_64(Convolution.pointwise(64, 8, 64)),
  POINTWISE_128(Convolution.pointwise(32, 14, 128)),
  DEPTHWISE_3(Convolution.depthwise(3)),
  DEPTHWISE_5(Convolution.depthwise(5)),
  DILATED_3(Convolution.dilated(3)),
  DILATED_5(Convolution.dilated(5)),
  MAX_POOL(new Pooling(Pooling.Kind.MAX, 64)),
  AVERAGE_POOL(new Pooling(Pooling.Kind.AVERAGE, 64)),
  BATCH_NORM(new Normalization(64)),
  CELL_16(NormalCell.of(16)),
  CELL_64(NormalCell.of(64)),
  SEARCH_STEP(SearchStep.of(64)),
  NAS_BENCH_201(TrainingStep.of(64)),
  DARTS_V2_1(Classification.of(1)),
  DARTS_V2_64(Classification.of(64));

  private final Row row;

  Rows(Row row) {
    this.row = row;
  }

  /** The row's work. */
  public Row row() {
    return row;
  }
}
