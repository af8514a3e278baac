/** The engine: tensors, networks, training, search spaces, strategies and studies. */
module espalier.core {
  requires transitive espalier.kernels;
  requires static org.jspecify;

  exports espalier.core.analysis;
  exports espalier.core.catalog;
  exports espalier.core.compare;
  exports espalier.core.compose;
  exports espalier.core.data;
  exports espalier.core.estimate;
  exports espalier.core.io;
  exports espalier.core.language;
  exports espalier.core.morph;
  exports espalier.core.neat;
  exports espalier.core.nn;
  exports espalier.core.oracle;
  exports espalier.core.plan;
  exports espalier.core.predict;
  exports espalier.core.random;
  exports espalier.core.recurrent;
  exports espalier.core.search;
  exports espalier.core.space;
  exports espalier.core.statistics;
  exports espalier.core.strategy;
  exports espalier.core.study;
  exports espalier.core.supernet;
  exports espalier.core.table;
  exports espalier.core.tensor;
  exports espalier.core.train;
}
