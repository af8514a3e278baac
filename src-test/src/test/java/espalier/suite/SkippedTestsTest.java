package espalier.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What the listener writes down, seen by running small test classes of this file. */
final class SkippedTestsTest {
  @TempDir private Path folder;

  @Test
  void aDisabledClassIsNamedWithItsReason() throws IOException {
    assertThat(skipped(DisabledClass.class, false))
        .singleElement()
        .asString()
        .contains("out of order");
  }

  @Test
  void aDisabledTestIsNamed() throws IOException {
    assertThat(skipped(DisabledTest.class, false)).singleElement().asString().contains("idle()");
  }

  @Test
  void anAbortedTestIsNamedWithItsReason() throws IOException {
    assertThat(skipped(AbortedTest.class, false)).singleElement().asString().contains("no moon");
  }

  @Test
  void aTestThatNeedsSharedDataMayBeSkippedExceptInCi() throws IOException {
    assertThat(skipped(AbortedForWantOfData.class, false)).isEmpty();
    assertThat(skipped(AbortedForWantOfData.class, true)).hasSize(1);
  }

  @Test
  void aRunThatSkipsNothingRemovesTheFileOfTheRunBefore() throws IOException {
    assertThat(skipped(DisabledTest.class, false)).hasSize(1);
    assertThat(skipped(SoundTest.class, false)).isEmpty();
  }

  private List<String> skipped(Class<?> tests, boolean ci) throws IOException {
    Path file = folder.resolve("reports").resolve("skipped.txt");
    var config =
        LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build();
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build();
    LauncherFactory.create(config).execute(request, new SkippedTests(Optional.of(file), ci));
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  @Disabled("out of order")
  static final class DisabledClass {
    @Test
    void idle() {}
  }

  static final class DisabledTest {
    @Disabled
    @Test
    void idle() {}
  }

  static final class AbortedTest {
    @Test
    void waits() {
      Assumptions.abort("no moon");
    }
  }

  @Tag("shared-data")
  static final class AbortedForWantOfData {
    @Test
    void waits() {
      Assumptions.abort("no data");
    }
  }

  static final class SoundTest {
    @Test
    void works() {}
  }
}
