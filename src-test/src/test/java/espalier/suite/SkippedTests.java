package espalier.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes the name of every skipped test into a file, which the build refuses to find. Tests tagged
 * {@code shared-data} need files that a clone does not have and may be skipped, except in CI.
 *
 * <p>Without the system property {@code espalier.skipped.tests}, the path of that file, as in an
 * IDE, nothing is written.
 */
public final class SkippedTests implements TestExecutionListener {
  /*
   * A file, because JUnit logs and swallows whatever a listener throws, and has no setting that
   * turns a skipped test into a failed run.
   */
  private static final TestTag MAY_BE_SKIPPED = TestTag.create("shared-data");

  private final Optional<Path> file;
  private final boolean ci;

  /** The listener that JUnit finds by its service file. */
  public SkippedTests() {
    this(
        Optional.ofNullable(System.getProperty("espalier.skipped.tests")).map(Path::of),
        "true".equals(System.getenv("CI")));
  }

  SkippedTests(Optional<Path> file, boolean ci) {
    this.file = file;
    this.ci = ci;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    file.ifPresent(SkippedTests::delete);
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    record(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
      record(test, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
    }
  }

  private void record(TestIdentifier test, String reason) {
    if (ci || !test.getTags().contains(MAY_BE_SKIPPED)) {
      file.ifPresent(f -> append(f, test.getUniqueId() + ": " + reason));
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file, String line) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
