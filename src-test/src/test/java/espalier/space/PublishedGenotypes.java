package espalier.space;

import espalier.core.space.Genotype;
import espalier.core.space.GenotypeNotation;

/** Genotypes of the literature, as their authors' code writes them. */
final class PublishedGenotypes {
  static final String DARTS_V1_TEXT =
      "Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0),"
          + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('skip_connect', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('avg_pool_3x3', 0)],"
          + " reduce_concat=[2, 3, 4, 5])";

  static final String DARTS_V2_TEXT =
      "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0),"
          + " ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)],"
          + " reduce_concat=[2, 3, 4, 5])";

  static final String PC_DARTS_TEXT =
      "Genotype(normal=[('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 0),"
          + " ('dil_conv_3x3', 1), ('sep_conv_5x5', 0), ('sep_conv_3x3', 1), ('avg_pool_3x3', 0),"
          + " ('dil_conv_3x3', 1)], normal_concat=range(2, 6), reduce=[('sep_conv_5x5', 1),"
          + " ('max_pool_3x3', 0), ('sep_conv_5x5', 1), ('sep_conv_5x5', 2), ('sep_conv_3x3', 0),"
          + " ('sep_conv_3x3', 3), ('sep_conv_3x3', 1), ('sep_conv_3x3', 2)],"
          + " reduce_concat=range(2, 6))";

  /** Five nodes, two of them unused by the output, and two equal edges into one node. */
  static final String NASNET_TEXT =
      "Genotype(normal=[('sep_conv_5x5', 1), ('sep_conv_3x3', 0), ('sep_conv_5x5', 0),"
          + " ('sep_conv_3x3', 0), ('avg_pool_3x3', 1), ('skip_connect', 0), ('avg_pool_3x3', 0),"
          + " ('avg_pool_3x3', 0), ('sep_conv_3x3', 1), ('skip_connect', 1)],"
          + " normal_concat=[2, 3, 4, 5, 6], reduce=[('sep_conv_5x5', 1), ('sep_conv_7x7', 0),"
          + " ('max_pool_3x3', 1), ('sep_conv_7x7', 0), ('avg_pool_3x3', 1), ('sep_conv_5x5', 0),"
          + " ('skip_connect', 3), ('avg_pool_3x3', 2), ('sep_conv_3x3', 2), ('max_pool_3x3', 1)],"
          + " reduce_concat=[4, 5, 6])";

  static final Genotype DARTS_V1 = GenotypeNotation.parse(DARTS_V1_TEXT);
  static final Genotype DARTS_V2 = GenotypeNotation.parse(DARTS_V2_TEXT);
  static final Genotype PC_DARTS = GenotypeNotation.parse(PC_DARTS_TEXT);
  static final Genotype NASNET = GenotypeNotation.parse(NASNET_TEXT);

  private PublishedGenotypes() {}
}
