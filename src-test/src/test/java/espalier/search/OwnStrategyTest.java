package espalier.search;

import static espalier.search.Landscape.ACCURACY;
import static espalier.search.Landscape.SPACE;
import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.search.Objective;
import espalier.core.search.Strategy;
import espalier.core.space.Cell;
import espalier.core.space.Neighbourly;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The strategy in docs/strategies.md, compiled from that page, passes the kit. */
final class OwnStrategyTest implements StrategyContract {
  private static final int MOST_LINES = 60;
  private static final String NAME = "Climber";

  @TempDir private static Path folder;
  private static URLClassLoader loader;
  private static Constructor<?> constructor;

  /** The lines of the page's only program. */
  private static List<String> program() {
    try {
      List<String> lines = Files.readAllLines(Path.of("..", "docs", "strategies.md"));
      int from = lines.indexOf("```java");
      int to = from + lines.subList(from, lines.size()).indexOf("```");
      assertThat(lines.subList(to + 1, lines.size())).doesNotContain("```java");
      return lines.subList(from + 1, to);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Where a class of the engine comes from. */
  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @BeforeAll
  static void compile() throws Exception {
    Path source = Files.write(folder.resolve(NAME + ".java"), program());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean isCompiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-Xlint:all,-path,-classfile",
                    "-Werror",
                    "-proc:none",
                    "-d",
                    folder.toString(),
                    "-cp",
                    home(Strategy.class)),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertThat(isCompiled).as(said.toString()).isTrue();
    loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, OwnStrategyTest.class.getClassLoader());
    constructor =
        loader
            .loadClass(NAME)
            .getConstructor(Neighbourly.class, Objective.class, int.class, long.class);
  }

  @AfterAll
  static void close() throws IOException {
    loader.close();
  }

  @Test
  void itIsShort() {
    assertThat(program()).hasSizeLessThan(MOST_LINES);
  }

  @Override
  public Opening opening() {
    return with(20);
  }

  @SuppressWarnings("unchecked")
  private static Opening with(int patience) {
    return (trials, seed) -> {
      try {
        return (Strategy<Cell>) constructor.newInstance(SPACE, ACCURACY, patience, seed);
      } catch (ReflectiveOperationException failed) {
        throw new LinkageError("the class of the page cannot be made", failed);
      }
    };
  }

  @Override
  public Map<String, Opening> options() {
    return Map.of("patience", with(3));
  }

  @Override
  public double lateFloor() {
    return 62;
  }
}
