package espalier.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import espalier.core.data.SearchData;
import espalier.core.data.SearchSplit;
import espalier.core.data.Splits;
import espalier.core.data.TestSplit;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Nothing that searches can be handed the images that a finished model is measured on. */
final class TestImagesTest {
  private static final JavaClasses ENGINE = Engine.classes();

  @Test
  void whatSearchesKnowsNeitherTestImagesNorWhereToGetThem() {
    noClasses()
        .that()
        .resideInAPackage("espalier.core.supernet..")
        .or()
        .haveNameMatching("espalier\\.core\\.study\\.SearchPhase(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(TestSplit.class, Splits.class)
        .check(ENGINE);
  }

  /** Who may know them: who makes them, who measures at the end, and who searches nothing. */
  @Test
  void onlyTheFinalTrainingAndProvenanceKnowTestImages() {
    classes()
        .that()
        .belongToAnyOf(TestSplit.class)
        .should()
        .onlyHaveDependentClassesThat()
        .haveNameMatching(
            "espalier\\.core\\.(data|oracle)\\..*|espalier\\.core\\.study\\.(TrainingPhase|Provenance)")
        .check(ENGINE);
  }

  @Test
  void whatASearchIsGivenHoldsNone() {
    assertThat(SearchSplit.class.isAssignableFrom(TestSplit.class)).isFalse();
    assertThat(SearchData.class.getRecordComponents())
        .extracting(RecordComponent::getType)
        .allMatch(type -> SearchSplit.class.isAssignableFrom(type));
    assertThat(Arrays.stream(TestSplit.class.getDeclaredConstructors()))
        .noneMatch(constructor -> Modifier.isPublic(constructor.getModifiers()));
  }
}
