package espalier.tensor;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import espalier.core.tensor.Constant;
import espalier.core.tensor.Feed;
import espalier.core.tensor.OneHot;
import espalier.core.tensor.Op;
import espalier.core.tensor.ReadVariable;
import espalier.core.tensor.StopGradient;
import espalier.core.tensor.Uniform;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An operation that nobody tests fails here. */
final class EveryOperatorIsTestedTest {
  /** Operations without a gradient to compare; LeafOperatorsTest tests each. */
  private static final Set<Class<? extends Op>> LEAVES =
      Set.of(
          Constant.class,
          Feed.class,
          OneHot.class,
          ReadVariable.class,
          StopGradient.class,
          Uniform.class);

  @Test
  void everyOperationIsALeafOrHasAContract() {
    Set<String> operations =
        new ClassFileImporter()
            .importPackages("espalier").stream()
                .filter(type -> type.isAssignableTo(Op.class) && !type.isInterface())
                .map(JavaClass::getName)
                .collect(toCollection(TreeSet::new));
    Set<String> tested =
        new ClassFileImporter()
            .importPackages("espalier").stream()
                .filter(type -> type.isAssignableTo(OperatorContract.class))
                .flatMap(type -> type.getInterfaces().stream())
                .flatMap(EveryOperatorIsTestedTest::argument)
                .collect(toCollection(TreeSet::new));
    LEAVES.forEach(leaf -> tested.add(leaf.getName()));
    assertThat(operations).hasSizeGreaterThan(LEAVES.size()).isEqualTo(tested);
  }

  /** The operation that a contract is for. */
  private static Stream<String> argument(JavaType type) {
    return type instanceof JavaParameterizedType parameterized
            && parameterized.toErasure().isEquivalentTo(OperatorContract.class)
        ? parameterized.getActualTypeArguments().stream().map(JavaType::getName)
        : Stream.empty();
  }
}
