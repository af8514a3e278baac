/** The command line. */
module espalier.cli {
  requires espalier.core;
  requires espalier.datasets;
  requires java.management;
  requires jdk.management;
  requires info.picocli;
  requires static org.jspecify;
}
