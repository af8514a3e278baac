package espalier.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package of the engine may know which others: the arrows run one way. */
final class DependencyArrowsTest {
  private static final String SPI = "espalier.kernels.spi";
  private static final String TENSOR = "espalier.core.tensor";
  private static final String PLAN = "espalier.core.plan";
  private static final String RANDOM = "espalier.core.random";
  private static final String IO = "espalier.core.io";
  private static final String DATA = "espalier.core.data";
  private static final String NN = "espalier.core.nn";
  private static final String TRAIN = "espalier.core.train";
  private static final String SPACE = "espalier.core.space";
  private static final String COMPOSE = "espalier.core.compose";
  private static final String CATALOG = "espalier.core.catalog";
  private static final String RECURRENT = "espalier.core.recurrent";
  private static final String LANGUAGE = "espalier.core.language";
  private static final String ANALYSIS = "espalier.core.analysis";
  private static final String STATISTICS = "espalier.core.statistics";
  private static final String PREDICT = "espalier.core.predict";
  private static final String SEARCH = "espalier.core.search";
  private static final String NEAT = "espalier.core.neat";
  private static final String MORPH = "espalier.core.morph";
  private static final String STRATEGY = "espalier.core.strategy";
  private static final String TABLE = "espalier.core.table";
  private static final String COMPARE = "espalier.core.compare";
  private static final String SUPERNET = "espalier.core.supernet";
  private static final String ESTIMATE = "espalier.core.estimate";
  private static final String STUDY = "espalier.core.study";
  private static final String ORACLE = "espalier.core.oracle";
  private static final String DATASETS = "espalier.datasets";

  /** Named in the design and still without a class; each leaves this list with its first one. */
  private static final Set<String> EMPTY = Set.of("espalier.opencl");

  private static final JavaClasses ENGINE = Engine.classes();

  private static final Map<String, List<String>> ARROWS = new LinkedHashMap<>();

  static {
    ARROWS.put(SPI, List.of());
    ARROWS.put("espalier.kernels.cpu", List.of(SPI));
    ARROWS.put("espalier.kernels.reference", List.of(SPI));
    ARROWS.put("espalier.opencl", List.of(SPI));
    ARROWS.put(TENSOR, List.of(SPI));
    ARROWS.put(PLAN, List.of(SPI, TENSOR));
    ARROWS.put(RANDOM, List.of());
    ARROWS.put(IO, List.of());
    ARROWS.put(DATA, List.of(RANDOM, IO));
    ARROWS.put(NN, List.of(SPI, TENSOR, PLAN, RANDOM, IO));
    ARROWS.put(TRAIN, List.of(SPI, TENSOR, PLAN, RANDOM, IO, DATA, NN));
    ARROWS.put(SPACE, List.of(TENSOR, RANDOM, IO, NN));
    ARROWS.put(COMPOSE, List.of(RANDOM, IO, NN, SPACE));
    ARROWS.put(CATALOG, List.of(SPI, TENSOR, NN, SPACE, COMPOSE));
    ARROWS.put(RECURRENT, List.of(TENSOR, RANDOM, IO, NN, SPACE, COMPOSE));
    ARROWS.put(LANGUAGE, List.of(SPI, TENSOR, DATA, NN, TRAIN, RECURRENT));
    ARROWS.put(ANALYSIS, List.of(SPACE));
    ARROWS.put(STATISTICS, List.of());
    ARROWS.put(PREDICT, List.of(RANDOM, SPACE, STATISTICS));
    ARROWS.put(SEARCH, List.of(RANDOM, IO, SPACE));
    ARROWS.put(NEAT, List.of(RANDOM, IO, SPACE, SEARCH));
    ARROWS.put(MORPH, List.of(TENSOR, RANDOM, IO, NN, SPACE, STATISTICS, SEARCH));
    ARROWS.put(STRATEGY, List.of(RANDOM, IO, SPACE, PREDICT, SEARCH));
    ARROWS.put(TABLE, List.of(RANDOM, IO, SPACE, PREDICT, SEARCH));
    ARROWS.put(COMPARE, List.of(RANDOM, IO, SPACE, COMPOSE, STATISTICS, SEARCH, STRATEGY, TABLE));
    ARROWS.put(
        SUPERNET, List.of(SPI, TENSOR, PLAN, RANDOM, IO, DATA, NN, TRAIN, SPACE, SEARCH, ESTIMATE));
    ARROWS.put(
        ESTIMATE, List.of(SPI, TENSOR, PLAN, RANDOM, IO, DATA, NN, TRAIN, SPACE, COMPOSE, SEARCH));
    ARROWS.put(
        STUDY,
        List.of(
            SPI,
            TENSOR,
            PLAN,
            RANDOM,
            IO,
            DATA,
            NN,
            TRAIN,
            SPACE,
            COMPOSE,
            CATALOG,
            SEARCH,
            STRATEGY,
            SUPERNET,
            ESTIMATE,
            STATISTICS,
            RECURRENT,
            LANGUAGE,
            MORPH));
    ARROWS.put(ORACLE, List.of(SPI, IO, DATA, NN, TRAIN, SPACE, COMPOSE));
    ARROWS.put(DATASETS, List.of(RANDOM, IO, DATA, TRAIN, SPACE, COMPOSE, CATALOG, TABLE, ORACLE));
    ARROWS.put(
        "espalier.cli",
        List.of(
            SPI, TENSOR, PLAN, RANDOM, IO, DATA, NN, TRAIN, SPACE, COMPOSE, CATALOG, SEARCH,
            STRATEGY, TABLE, COMPARE, SUPERNET, ESTIMATE, STUDY, ORACLE, DATASETS, RECURRENT,
            LANGUAGE, MORPH));
  }

  static Set<String> writtenPackages() {
    Set<String> written = new TreeSet<>(ARROWS.keySet());
    written.removeAll(EMPTY);
    return written;
  }

  static Set<String> packagesOfTheJdkAlone() {
    Set<String> alone = writtenPackages();
    alone.removeAll(Set.of("espalier.cli", "espalier.opencl"));
    return alone;
  }

  @Test
  void everyPackageHasItsArrowsAndOnlyThoseListedAreEmpty() {
    Set<String> found =
        ENGINE.stream().map(JavaClass::getPackageName).collect(toCollection(TreeSet::new));
    assertThat(found).isEqualTo(writtenPackages());
    assertThat(ARROWS).containsKeys(EMPTY.toArray(String[]::new));
  }

  @Test
  void noPackageIsReachedFromItself() {
    List<String> settled = new ArrayList<>();
    while (settled.size() < ARROWS.size()) {
      List<String> next =
          ARROWS.keySet().stream()
              .filter(name -> !settled.contains(name) && settled.containsAll(ARROWS.get(name)))
              .toList();
      assertThat(next).as("packages that wait for no other, beside %s", settled).isNotEmpty();
      settled.addAll(next);
    }
  }

  @ParameterizedTest
  @MethodSource("writtenPackages")
  void aPackageKnowsOnlyThoseItsArrowsPointTo(String name) {
    List<String> known = new ArrayList<>(ARROWS.get(name));
    known.add(name);
    DescribedPredicate<JavaClass> strangers =
        describe(
            "packages of the engine other than " + known,
            type ->
                type.getPackageName().startsWith("espalier.")
                    && !known.contains(type.getPackageName()));
    noClasses()
        .that(resideInAnyPackage(name))
        .should()
        .dependOnClassesThat(strangers)
        .check(ENGINE);
  }

  @ParameterizedTest
  @MethodSource("packagesOfTheJdkAlone")
  void kernelsCoreAndDataSetsNeedNothingButTheJdk(String name) {
    DescribedPredicate<JavaClass> foreign =
        describe(
            "classes from outside the engine and the JDK",
            type ->
                !type.getBaseComponentType().isPrimitive()
                    && !type.getPackageName().matches("(java|javax|jdk|espalier)\\..*"));
    noClasses().that(resideInAnyPackage(name)).should().dependOnClassesThat(foreign).check(ENGINE);
  }
}
