package espalier.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URI;
import java.net.URISyntaxException;

/** The classes that are shipped: everything on the class path but the tests. */
final class Engine {
  private Engine() {}

  static JavaClasses classes() {
    String tests = home().toString();
    return new ClassFileImporter()
        .withImportOption((Location location) -> !location.contains(tests))
        .importPackages("espalier");
  }

  /** Where this class, and with it every test, was compiled to. */
  private static URI home() {
    try {
      return Engine.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
