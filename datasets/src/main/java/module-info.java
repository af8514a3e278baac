/** Readers of data set formats, generated data and benchmark tables. */
module espalier.datasets {
  requires transitive espalier.core;
  requires java.desktop;
  requires java.net.http;
  requires static org.jspecify;

  exports espalier.datasets;
}
