/** Readers of data set formats, generated data and benchmark tables. */
module espalier.datasets {
  requires transitive espalier.core;
  requires static org.jspecify;
}
