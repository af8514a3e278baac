package espalier.model;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that classifies needs no part of the engine that searches, trains or holds data sets. */
class ModelStandsAloneTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("espalier.core");

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "nn: nn tensor plan io random",
        "plan: plan tensor",
        "tensor: tensor",
        "io: io",
        "random: random"
      })
  void whatAModelTouchesTouchesNothingElse(String part, String others) {
    String[] allowed =
        Stream.concat(
                Arrays.stream(others.trim().split(" ")).map(other -> "espalier.core." + other),
                Stream.of("espalier.kernels.spi", "java..", "org.jspecify.annotations"))
            .toArray(String[]::new);
    ArchRule rule =
        classes()
            .that()
            .resideInAPackage("espalier.core." + part)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(allowed);
    rule.check(CORE);
  }
}
