package espalier.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import espalier.core.study.SearchStudy;
import espalier.kernels.spi.Backend;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine inside another program, which brings core and kernels and nothing else. */
class EmbeddingTest {
  private static final Path KERNELS = FreshJvm.home(Backend.class);
  private static final Path CORE = FreshJvm.home(SearchStudy.class);
  private static final Path SOURCE =
      Path.of("src", "test", "java", "espalier", "embedding", "Embedder.java");
  private static final String MAIN = "espalier.embedding.Embedder";

  /** The JDK's own heading above a record of its log, and the record in one line. */
  private static final String HEADING = ".* espalier\\.kernels\\.spi\\.Backends.*";

  private static final String MISSING =
      "WARNING: backend cpu-simd skipped: module jdk.incubator.vector is not loaded, start java"
          + " with --add-modules jdk.incubator.vector";

  @TempDir private Path folder;

  @Test
  void onTheClassPathItSearchesTrainsAndClassifiesAndLeavesNoThread() throws Exception {
    Path program = compiled("class Unused {}");
    FreshJvm jvm = FreshJvm.classPath(program, CORE, KERNELS);
    FreshJvm.Said simd = jvm.withVectors().run(folder, MAIN, "simd");
    assertThat(simd.out()).containsExactly("cpu-simd", "true", "[]");
    assertThat(simd.err()).isEmpty();
    FreshJvm.Said scalar = jvm.run(folder, MAIN, "scalar");
    assertThat(scalar.out()).containsExactly("cpu-scalar", "true", "[]");
    saysOnceWhatIsMissing(scalar);
    assertThat(folder.resolve("scalar/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("simd/model.safetensors"));
  }

  @Test
  void onTheModulePathItDoesTheSame() throws Exception {
    Path program = compiled("module embedder { requires espalier.core; }");
    FreshJvm jvm = FreshJvm.modulePath(program, CORE, KERNELS);
    FreshJvm.Said simd = jvm.withVectors().run(folder, "-m", "embedder/" + MAIN, "simd");
    assertThat(simd.out()).containsExactly("cpu-simd", "true", "[]");
    assertThat(simd.err()).isEmpty();
    FreshJvm.Said scalar = jvm.run(folder, "-m", "embedder/" + MAIN, "scalar");
    assertThat(scalar.out()).containsExactly("cpu-scalar", "true", "[]");
    saysOnceWhatIsMissing(scalar);
  }

  private static void saysOnceWhatIsMissing(FreshJvm.Said said) {
    assertThat(said.err()).hasSize(2).last().isEqualTo(MISSING);
    assertThat(said.err().getFirst()).matches(HEADING);
  }

  /** The program and one more source, compiled against core and kernels alone. */
  private Path compiled(String more) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path other =
        Files.writeString(
            folder.resolve(more.startsWith("module") ? "module-info.java" : "Unused.java"), more);
    String path = more.startsWith("module") ? "--module-path" : "--class-path";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-proc:none", "-d", classes.toString(), path, FreshJvm.joined(CORE, KERNELS)),
                  null,
                  files.getJavaFileObjects(SOURCE, other))
              .call();
      assertThat(done).describedAs("%s", said).isTrue();
    }
    return classes;
  }

  @Test
  void coreAndKernelsNeedNothingButTheJdk() {
    Map<String, List<String>> needs = new TreeMap<>();
    for (Path part : List.of(KERNELS, CORE)) {
      ModuleDescriptor module = ModuleFinder.of(part).findAll().iterator().next().descriptor();
      needs.put(
          module.name(),
          module.requires().stream()
              .filter(need -> !need.modifiers().contains(Requires.Modifier.STATIC))
              .map(Requires::name)
              .sorted()
              .toList());
    }
    assertThat(needs)
        .isEqualTo(
            Map.of(
                "espalier.kernels", List.of("java.base"),
                "espalier.core", List.of("espalier.kernels", "java.base")));
  }
}
