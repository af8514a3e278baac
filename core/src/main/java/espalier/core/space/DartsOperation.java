package espalier.core.space;

import espalier.core.nn.BatchNorm;
import espalier.core.nn.Conv;
import espalier.core.nn.Layer;
import espalier.core.nn.Pool;
import espalier.core.tensor.PoolWindow;
import espalier.core.tensor.Window2d;
import java.util.List;

/**
 * The operations of DARTS [Liu, Simonyan, Yang 2019] in the order of the authors' table. While
 * searching, a batch normalisation follows each pool, to put it on the scale of the convolutions.
 */
public enum DartsOperation implements Operation {
  NONE("none", Kind.ZERO),
  MAX_POOL_3X3("max_pool_3x3", Kind.FIXED),
  AVG_POOL_3X3("avg_pool_3x3", Kind.FIXED),
  SKIP_CONNECT("skip_connect", Kind.IDENTITY),
  SEP_CONV_3X3("sep_conv_3x3", Kind.WEIGHTED),
  SEP_CONV_5X5("sep_conv_5x5", Kind.WEIGHTED),
  SEP_CONV_7X7("sep_conv_7x7", Kind.WEIGHTED),
  DIL_CONV_3X3("dil_conv_3x3", Kind.WEIGHTED),
  DIL_CONV_5X5("dil_conv_5x5", Kind.WEIGHTED),
  CONV_7X1_1X7("conv_7x1_1x7", Kind.WEIGHTED);

  private final String label;
  private final Kind kind;

  DartsOperation(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** The eight candidates of the published search, in the order of its architecture weights. */
  public static List<Operation> searched() {
    return List.of(
        NONE,
        MAX_POOL_3X3,
        AVG_POOL_3X3,
        SKIP_CONNECT,
        SEP_CONV_3X3,
        SEP_CONV_5X5,
        DIL_CONV_3X3,
        DIL_CONV_5X5);
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public Kind kind(int stride) {
    return this == SKIP_CONNECT && stride > 1 ? Kind.WEIGHTED : kind;
  }

  @Override
  public Layer layer(Site site) {
    return switch (this) {
      case NONE -> new ZeroLayer(site.channels(), site.stride());
      case MAX_POOL_3X3 -> pooled(Pool.max(PoolWindow.same(3, site.stride())), site);
      case AVG_POOL_3X3 -> pooled(Pool.average(PoolWindow.same(3, site.stride())), site);
      case SKIP_CONNECT -> skip(site);
      case SEP_CONV_3X3 -> SeparableConv.twice(3, site);
      case SEP_CONV_5X5 -> SeparableConv.twice(5, site);
      case SEP_CONV_7X7 -> SeparableConv.twice(7, site);
      case DIL_CONV_3X3 -> SeparableConv.dilated(3, site);
      case DIL_CONV_5X5 -> SeparableConv.dilated(5, site);
      case CONV_7X1_1X7 -> factorized(site);
    };
  }

  private static Layer pooled(Layer pool, Site site) {
    return switch (site.form()) {
      case EVALUATION -> pool;
      case SEARCH ->
          (scope, x) -> BatchNorm.withoutAffine().apply(scope.child("norm"), pool.apply(scope, x));
    };
  }

  private static Layer skip(Site site) {
    return site.stride() == 1
        ? Layer.identity()
        : new FactorizedReduce(site.channels(), site.norm());
  }

  private static Layer factorized(Site site) {
    Conv row = Conv.dense(site.channels(), 1, 7, new Window2d(1, site.stride(), 0, 3, 0, 3, 1, 1));
    Conv column =
        Conv.dense(site.channels(), 7, 1, new Window2d(site.stride(), 1, 3, 0, 3, 0, 1, 1));
    return (scope, x) -> {
      var rows = row.apply(scope.child("row"), x.relu());
      var columns = column.apply(scope.child("column"), rows);
      return site.norm().apply(scope.child("norm"), columns);
    };
  }
}
