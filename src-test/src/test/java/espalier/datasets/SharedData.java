package espalier.datasets;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder {@code shared/data} beside the project, which a plain clone does not have. */
public final class SharedData {
  private SharedData() {}

  /** One of its folders; without it the calling test counts as not run. */
  public static Path folder(String name) {
    var place = Path.of("").toAbsolutePath();
    while (place.getParent() != null) {
      var found = place.resolve("shared").resolve("data").resolve(name);
      if (Files.isDirectory(found)) {
        return found;
      }
      place = place.getParent();
    }
    assumeThat(false).as("shared/data/%s lies beside the project", name).isTrue();
    throw new AssertionError("an assumption that does not hold ends the test");
  }
}
