package espalier.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Calls that would make results depend on the machine, the time or the process. */
final class ForbiddenCallsTest {
  private static final JavaClasses ENGINE = Engine.classes();

  /** Functions that {@link Math} may round differently from one machine to the next. */
  private static final Set<String> INEXACT =
      Set.of(
          "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot", "sin", "cos", "tan",
          "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh");

  /** Methods of vectors that call another of the same vector. */
  private static final Set<String> SHARED_CALLS =
      Set.of(
          "add", "sub", "mul", "div", "min", "max", "fma", "pow", "neg", "abs", "sqrt", "eq", "lt");

  /**
   * Where time may be read: it decides when to stop, what is shown and which of two ways computes
   * the same bits, never what is computed.
   */
  private static final String[] TIMED = {
    "espalier.core.study.Deadline", "espalier.kernels.cpu.WarmingLoop"
  };

  private static DescribedPredicate<JavaAccess<?>> member(Class<?> owner, Set<String> names) {
    return describe(
        owner.getSimpleName() + "." + names,
        access ->
            access.getTargetOwner().isEquivalentTo(owner) && names.contains(access.getName()));
  }

  private static DescribedPredicate<JavaAccess<?>> member(Class<?> owner, String... names) {
    return member(owner, Set.of(names));
  }

  @Test
  void transcendentalFunctionsAreThoseThatRoundAlikeEverywhere() {
    noClasses().should().accessTargetWhere(member(Math.class, INEXACT)).check(ENGINE);
  }

  @Test
  void cpuKernelsComputeTheirOwnTranscendentalFunctions() {
    noClasses()
        .that()
        .resideInAPackage("espalier.kernels.cpu")
        .should()
        .accessTargetWhere(member(Math.class, INEXACT))
        .orShould()
        .accessTargetWhere(member(StrictMath.class, INEXACT))
        .check(ENGINE);
  }

  @Test
  void randomNumbersComeFromGeneratorsThatCount() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(RandomGenerator.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
        .orShould()
        .accessTargetWhere(member(Math.class, "random"))
        .orShould()
        .accessTargetWhere(member(StrictMath.class, "random"))
        .orShould()
        .accessTargetWhere(member(Collections.class, "shuffle"))
        .orShould()
        .accessTargetWhere(member(UUID.class, "randomUUID"))
        .check(ENGINE);
  }

  @Test
  void timeIsReadInNamedPlacesOnly() {
    DescribedPredicate<JavaAccess<?>> clocks =
        describe(
            "a clock",
            access ->
                access.getTargetOwner().getPackageName().equals("java.time")
                    && (access.getName().equals("now") || access.getName().startsWith("system")));
    noClasses()
        .that()
        .resideOutsideOfPackage("espalier.cli..")
        .and(not(TIMED))
        .should()
        .accessTargetWhere(member(System.class, "nanoTime", "currentTimeMillis"))
        .orShould()
        .accessTargetWhere(clocks)
        .check(ENGINE);
  }

  private static DescribedPredicate<JavaClass> not(String... names) {
    Set<String> excepted = Set.of(names);
    return describe("are not " + excepted, type -> !excepted.contains(type.getName()));
  }

  @Test
  void theVectorApiIsUsedBySimdClassesOnly() {
    classes()
        .that()
        .resideInAPackage("espalier..")
        .and(describe("use the Vector API", ForbiddenCallsTest::usesTheVectorApi))
        .should()
        .resideInAPackage("espalier.kernels.cpu")
        .andShould()
        .haveNameMatching("espalier\\.kernels\\.cpu\\.Simd.*")
        .check(ENGINE);
  }

  /**
   * The compiler follows what it has seen at a call, and it has seen vectors of every width at the
   * calls inside the Vector API's own methods: docs/kernels.md, "One width per call".
   */
  @Test
  void kernelsOfSeveralWidthsDispatchOnVectorsThemselves() {
    noClasses()
        .that(describe("come in several widths", ForbiddenCallsTest::comesInSeveralWidths))
        .should()
        .accessTargetWhere(
            member(FloatVector.class, SHARED_CALLS)
                .or(describe("float operands", ForbiddenCallsTest::passesNumberToVector)))
        .check(ENGINE);
  }

  private static boolean comesInSeveralWidths(JavaClass type) {
    return type.getAccessesFromSelf().stream()
        .anyMatch(access ->
            access.getTargetOwner().getSimpleName().equals("SimdWidths")
                && access.getName().equals("species"));
  }

  private static boolean passesNumberToVector(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(FloatVector.class)
        && Set.of("lanewise", "blend").contains(access.getName())
        && access instanceof JavaMethodCall call
        && call.getTarget().getRawParameterTypes().stream()
            .anyMatch(parameter -> parameter.isEquivalentTo(float.class));
  }

  private static boolean usesTheVectorApi(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(to -> to.getTargetClass().getPackageName().startsWith("jdk.incubator.vector"));
  }

  @Test
  void theLibraryPrintsNothing() {
    noClasses()
        .that()
        .resideOutsideOfPackage("espalier.cli..")
        .should()
        .accessTargetWhere(member(System.class, "out", "err", "in", "console"))
        .orShould()
        .accessTargetWhere(member(Throwable.class, "printStackTrace"))
        .check(ENGINE);
  }

  @Test
  void nobodyChangesTheProcess() {
    noClasses()
        .should()
        .accessTargetWhere(
            member(System.class, "setProperty", "setProperties", "clearProperty", "setOut"))
        .orShould()
        .accessTargetWhere(member(System.class, "setErr", "setIn"))
        .check(ENGINE);
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("espalier.cli..")
        .should()
        .accessTargetWhere(member(System.class, "exit"))
        .orShould()
        .accessTargetWhere(member(Runtime.class, "exit", "halt", "addShutdownHook"))
        .check(ENGINE);
  }
}
