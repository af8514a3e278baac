/** The command line. */
module espalier.cli {
  requires espalier.core;
  requires espalier.datasets;
  requires info.picocli;
  requires static org.jspecify;
}
