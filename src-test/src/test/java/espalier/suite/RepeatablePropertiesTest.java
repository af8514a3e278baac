package espalier.suite;

import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A property without a seed of its own would test other values at every run. */
final class RepeatablePropertiesTest {
  private static final ArchRule EVERY_PROPERTY_NAMES_ITS_SEED =
      methods()
          .that()
          .areAnnotatedWith(Property.class)
          .should(
              have(
                  DescribedPredicate.<JavaMethod>describe(
                      "a seed, as in @Property(seed = \"7\")",
                      m ->
                          !m.getAnnotationOfType(Property.class)
                              .seed()
                              .equals(Property.SEED_NOT_SET))))
          .allowEmptyShould(true);

  @Test
  void everyPropertyNamesItsSeed() {
    EVERY_PROPERTY_NAMES_ITS_SEED.check(new ClassFileImporter().importPackages("espalier"));
  }
}
