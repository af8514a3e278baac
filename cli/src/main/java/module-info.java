/** The command line. */
module espalier.cli {
  requires espalier.core;
  requires espalier.datasets;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires static org.jspecify;

  opens espalier.cli to
      info.picocli;
}
